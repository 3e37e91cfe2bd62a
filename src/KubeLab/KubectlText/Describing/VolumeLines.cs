using KubeLab.KubectlText.Wire;

namespace KubeLab.KubectlText.Describing;

/// <summary>Volumes and what is behind them.</summary>
internal static class VolumeLines
{
    /// <summary>Writes volumes.</summary>
    public static void Volumes(this Description text, Json volumes, string indent = "")
    {
        text.Line(0, volumes.Count == 0 ? $"{indent}Volumes:\t<none>" : $"{indent}Volumes:");
        foreach (var volume in volumes.Items)
        {
            text.Line(1, $"{(indent.Length > 0 ? " " : "")}{volume["name"].Text}:");
            Source(text, volume);
        }
    }

    /// <summary>The class of a claim or a volume.</summary>
    public static string ClassOf(Json obj) => obj["metadata"]["annotations"]["volume.beta.kubernetes.io/storage-class"].Or(obj["spec"]["storageClassName"].Text);

    /// <summary>The phase of a claim or a volume, or for how long it has been going.</summary>
    public static string Status(Description text, Json obj) => obj["metadata"]["deletionTimestamp"] is { Exists: true } since
        ? $"Terminating (lasts {text.Since(since)})"
        : obj["status"]["phase"].Text;

    /// <summary>Access modes in short: <c>RWO,ROX</c>.</summary>
    public static string Modes(Json modes)
    {
        var all = modes.Items.Select(m => m.Text).ToList();
        (string Mode, string Short)[] known = [("ReadWriteOnce", "RWO"), ("ReadOnlyMany", "ROX"), ("ReadWriteMany", "RWX"), ("ReadWriteOncePod", "RWOP")];
        return string.Join(',', known.Where(k => all.Contains(k.Mode)).Select(k => k.Short));
    }

    /// <summary>A list as Go prints it: <c>[a b]</c>.</summary>
    public static string List(Json list) => $"[{string.Join(' ', list.Items.Select(i => i.Text))}]";

    /// <summary>Writes what is behind a volume.</summary>
    public static void Source(Description text, Json volume)
    {
        if (volume["hostPath"] is { Exists: true } host)
        {
            Fields(text, "HostPath (bare host directory volume)", ("Path", host["path"].Text), ("HostPathType", host["type"].Node is null ? "<none>" : host["type"].Text));
        }
        else if (volume["emptyDir"] is { Exists: true } dir)
        {
            Fields(text, "EmptyDir (a temporary directory that shares a pod's lifetime)", ("Medium", dir["medium"].Text), ("SizeLimit", dir["sizeLimit"].Or("<unset>")));
        }
        else if (volume["secret"] is { Exists: true } secret)
        {
            Fields(text, "Secret (a volume populated by a Secret)", ("SecretName", secret["secretName"].Text), ("Optional", Bool(secret["optional"])));
        }
        else if (volume["configMap"] is { Exists: true } map)
        {
            Fields(text, "ConfigMap (a volume populated by a ConfigMap)", ("Name", map["name"].Text), ("Optional", Bool(map["optional"])));
        }
        else if (volume["nfs"] is { Exists: true } nfs)
        {
            Fields(text, "NFS (an NFS mount that lasts the lifetime of a pod)", ("Server", nfs["server"].Text), ("Path", nfs["path"].Text), ("ReadOnly", Bool(nfs["readOnly"])));
        }
        else if (volume["persistentVolumeClaim"] is { Exists: true } claim)
        {
            Fields(text, "PersistentVolumeClaim (a reference to a PersistentVolumeClaim in the same namespace)", ("ClaimName", claim["claimName"].Text), ("ReadOnly", Bool(claim["readOnly"])));
        }
        else if (volume["csi"] is { Exists: true } csi && csi["volumeHandle"].Exists)
        {
            Fields(
                text, "CSI (a Container Storage Interface (CSI) volume source)", ("Driver", csi["driver"].Text), ("FSType", csi["fsType"].Text),
                ("VolumeHandle", csi["volumeHandle"].Text), ("ReadOnly", Bool(csi["readOnly"])));
            text.Labels("    VolumeAttributes", csi["volumeAttributes"]);
        }
        else if (volume["downwardAPI"] is { Exists: true } downward)
        {
            text.Line(2, "Type:\tDownwardAPI (a volume populated by information about the pod)\n    Items:");
            foreach (var item in downward["items"].Items)
            {
                text.Line(3, item["fieldRef"].Exists ? $"{item["fieldRef"]["fieldPath"].Text} -> {item["path"].Text}" : $"{item["resourceFieldRef"]["resource"].Text} -> {item["path"].Text}");
            }
        }
        else if (volume["projected"] is { Exists: true } projected)
        {
            Projected(text, projected);
        }
        else
        {
            text.Line(1, "<unknown>");
        }
    }

    private static void Projected(Description text, Json projected)
    {
        text.Line(2, "Type:\tProjected (a volume that contains injected data from multiple sources)");
        foreach (var source in projected["sources"].Items)
        {
            if (source["secret"] is { Exists: true } secret)
            {
                text.Line(2, $"SecretName:\t{secret["name"].Text}\n    Optional:\t{Bool(secret["optional"])}");
            }
            else if (source["downwardAPI"].Exists)
            {
                text.Line(2, "DownwardAPI:\ttrue");
            }
            else if (source["configMap"] is { Exists: true } map)
            {
                text.Line(2, $"ConfigMapName:\t{map["name"].Text}\n    Optional:\t{Bool(map["optional"])}");
            }
            else if (source["serviceAccountToken"] is { Exists: true } token)
            {
                text.Line(2, $"TokenExpirationSeconds:\t{token["expirationSeconds"].Text}");
            }
        }
    }

    private static void Fields(Description text, string type, params (string Name, string Value)[] fields)
    {
        text.Field("Type", type, 2);
        foreach (var (name, value) in fields)
        {
            text.Field(name, value, 2);
        }
    }

    private static string Bool(Json value) => value.IsTrue ? "true" : "false";
}
