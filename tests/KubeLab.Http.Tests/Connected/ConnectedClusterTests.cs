using KubeLab.Api.Core;
using KubeLab.Api.Verbs;
using KubeLab.Client.Connecting;
using KubeLab.Cloud.Billing;
using KubeLab.Connected;
using KubeLab.Testing;

namespace KubeLab.Http.Tests.Connected;

/// <summary>A notebook's cluster over a kubeconfig: a <c>lab cluster</c> of another process stands in for a real one.</summary>
public sealed class ConnectedClusterTests(LabClusterFixture real) : IClassFixture<LabClusterFixture>
{
    private const string Web = """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: web}
        spec:
          replicas: 2
          selector: {matchLabels: {app: web}}
          template:
            metadata: {labels: {app: web}}
            spec:
              containers:
                - name: nginx
                  image: nginx:1.27
                  resources: {requests: {cpu: 500m, memory: 64Mi}}
        """;

    [Fact]
    public void A_lesson_runs_and_is_cleared_up()
    {
        using var cluster = Open();
        Assert.Equal(("kubelab", "default"), (cluster.Context, cluster.Namespace));
        cluster.AddMasters(1);
        cluster.AddNodePool("workers", "e2-standard-4", 2);
        cluster.Apply(Web);
        cluster.RunUntil(c => c.Deployment("web").IsAvailable, TimeSpan.FromMinutes(2));

        var shown = cluster.Kubectl("get deploy web");
        Assert.Matches(@"^NAME   READY   UP-TO-DATE   AVAILABLE   AGE\nweb    2/2     2            2           \d+s\n$", shown.StdOut);
        Assert.Matches(@"Created container: nginx", cluster.Kubectl("describe pods -l app=web").StdOut);

        var chart = cluster.Charts.Utilisation();
        // Two copies ask for 500m each, and the pods of the master for 650m.
        Assert.Matches(@"CPU: requested ends at 1\.75 cores\b", chart.Alt);
        Assert.Contains("allocatable stays at", chart.Alt, StringComparison.Ordinal);
        Assert.DoesNotContain("serves no metrics.k8s.io", chart.Alt, StringComparison.Ordinal);
        Assert.Contains("of time.", chart.Alt, StringComparison.Ordinal);

        // Who looks away misses nothing: what happens between two cells is drawn when it happened.
        var before = cluster.Pods().Count;
        Assert.Equal(2, before);

        var refused = Assert.Throws<InvalidOperationException>(() => cluster.Clear());
        Assert.Contains("confirm: \"kubelab\"", refused.Message, StringComparison.Ordinal);
        Assert.Throws<InvalidOperationException>(() => cluster.Clear(confirm: "minikube"));
        Assert.Equal(2, cluster.Pods().Count);
        Assert.Equal(["deployment.apps/web"], cluster.Clear(confirm: "kubelab"));
        Assert.Empty(cluster.Pods());
    }

    [Fact]
    public void Machines_are_priced_by_their_labels_from_when_the_lab_looks()
    {
        using var cluster = Open();
        cluster.RunFor(1);
        var bill = cluster.Bill();
        Assert.Equal(["e2-standard-2", "e2-standard-4"], bill.Lines.Where(l => l.Kind == ChargeKind.Machine).Select(l => l.Item));
        Assert.Contains("see your provider's billing page", bill.ToString(), StringComparison.Ordinal);
        Assert.InRange(cluster.Cost.Amount, 0.00001m, 0.01m);
        Assert.Contains("The rate stays at 0.3", cluster.Charts.Cost().Alt, StringComparison.Ordinal);
    }

    [Fact]
    public void What_only_a_simulation_does_says_what_to_do_instead()
    {
        using var cluster = Open();
        Assert.Contains("lab cluster", Assert.Throws<NotSupportedException>(() => cluster.Kill("workers-1")).Message, StringComparison.Ordinal);
        Assert.Contains("lab cluster", Assert.Throws<NotSupportedException>(() => cluster.Restore("workers-1")).Message, StringComparison.Ordinal);
        Assert.EndsWith(
            "has no node \"nosuch\"; it has master-1, workers-1, workers-2.",
            Assert.Throws<NotSupportedException>(() => cluster.Kill("nosuch")).Message,
            StringComparison.Ordinal);
        Assert.Contains("lab cluster --workers 9", Assert.Throws<NotSupportedException>(() => cluster.Resize("workers", 9)).Message, StringComparison.Ordinal);
        Assert.Contains("3 are asked for, it shows 1", Assert.Throws<NotSupportedException>(() => cluster.AddMasters(3)).Message, StringComparison.Ordinal);
        cluster.AddNodePool("a", "e2-standard-4", 1);
        cluster.AddNodePool("b", "e2-standard-4", 1);
        Assert.Equal(
            "this cluster is real, and nobody rents machines for it from here: 3 nodes that take pods are asked for, 2 are ready. "
                + "Start it with more: lab cluster --workers 3; then run this cell again.",
            Assert.Throws<NotSupportedException>(() => cluster.AddNodePool("c", "e2-standard-4", 1)).Message);
    }

    [Fact]
    public void A_context_has_its_own_namespace()
    {
        var path = Path.Combine(real.Folder, "namespaced");
        File.WriteAllText(path, File.ReadAllText(real.Kubeconfig).Replace("    user: kubelab\n", "    user: kubelab\n    namespace: team\n", StringComparison.Ordinal));
        using var cluster = Open(path);
        cluster.Kubectl("create namespace team");
        cluster.Kubectl("create configmap here --from-literal=a=b");
        Assert.NotNull(cluster.Api.Find<ConfigMap>("team", "here"));
        Assert.Equal("No resources found in team namespace.\n", cluster.Kubectl("get pods").StdErr);
        Assert.Empty(cluster.Pods());
    }

    [Fact]
    public void An_exec_plugin_hands_out_the_credential()
    {
        var path = real.Variant("exec", (_, user) =>
        {
            var (certificate, key) = (Pem(user, "client-certificate-data"), Pem(user, "client-key-data"));
            user.Clear();
            var script = Path.Combine(real.Folder, "plugin");
            Scripts.Write(script, $$"""
                #!/bin/sh
                case "$KUBERNETES_EXEC_INFO" in *'"server":"https://127.0.0.1'*) ;; *) exit 9;; esac
                echo "signing in" >&2
                cat <<END
                {"apiVersion":"client.authentication.k8s.io/v1beta1","kind":"ExecCredential","status":{"clientCertificateData":"{{certificate}}","clientKeyData":"{{key}}" } }
                END
                """);
            user["exec"] = new System.Text.Json.Nodes.JsonObject
            {
                ["command"] = "./plugin",
                ["apiVersion"] = "client.authentication.k8s.io/v1beta1",
                ["provideClusterInfo"] = true,
            };
        });
        using var cluster = Open(path);
        Assert.Contains("workers-1", cluster.Kubectl("get nodes").StdOut, StringComparison.Ordinal);

        static string Pem(System.Text.Json.Nodes.JsonObject user, string field) => System.Text.Encoding.UTF8.GetString(Convert.FromBase64String((string)user[field]!))
            .Replace("\n", "\\n", StringComparison.Ordinal);
    }

    [Fact]
    public void A_plugin_that_is_not_installed_is_named_with_the_context()
    {
        var path = real.Variant("no-plugin", (_, user) =>
        {
            user.Clear();
            user["exec"] = new System.Text.Json.Nodes.JsonObject
            {
                ["command"] = "gke-gcloud-auth-plugin-missing",
                ["apiVersion"] = "client.authentication.k8s.io/v1beta1",
                ["installHint"] = "Install it with: gcloud components install gke-gcloud-auth-plugin",
            };
        });
        var error = Assert.Throws<ApiException>(() => Open(path));
        Assert.StartsWith("context kubelab, https://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("getting credentials: exec: executable gke-gcloud-auth-plugin-missing not found", error.Message, StringComparison.Ordinal);
        Assert.EndsWith("gcloud components install gke-gcloud-auth-plugin", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Wrong_authorities_and_names_are_refused_in_words_that_can_be_searched_for()
    {
        var stranger = real.Variant("stranger", (cluster, _) => cluster["certificate-authority-data"] = Convert.ToBase64String(Stranger.Pem()));
        Assert.EndsWith(
            "Unable to connect to the server: tls: failed to verify certificate: x509: certificate signed by unknown authority",
            Assert.Throws<ApiException>(() => Open(stranger)).Message,
            StringComparison.Ordinal);
        var misnamed = real.Variant("misnamed", (cluster, _) => cluster["tls-server-name"] = "elsewhere.example");
        Assert.EndsWith(
            "x509: certificate is valid for localhost, kubernetes, kubernetes.default.svc, not elsewhere.example",
            Assert.Throws<ApiException>(() => Open(misnamed)).Message,
            StringComparison.Ordinal);
    }

    [Fact]
    public void Another_name_in_the_certificate_a_bundle_and_no_check_at_all_are_accepted()
    {
        var named = real.Variant("named", (cluster, _) => cluster["tls-server-name"] = "kubernetes.default.svc");
        using (var cluster = Open(named))
        {
            Assert.Equal(3, cluster.Nodes().Count);
        }

        var bundle = real.Variant("bundle", (cluster, _) =>
        {
            var own = Convert.FromBase64String((string)cluster["certificate-authority-data"]!);
            cluster.Remove("certificate-authority-data");
            File.WriteAllBytes(Path.Combine(real.Folder, "bundle.pem"), [.. Stranger.Pem(), .. "\n"u8, .. own]);
            cluster["certificate-authority"] = "bundle.pem";
        });
        using (var cluster = Open(bundle))
        {
            Assert.Equal(3, cluster.Nodes().Count);
        }

        var blind = real.Variant("blind", (cluster, _) =>
        {
            cluster.Remove("certificate-authority-data");
            cluster["insecure-skip-tls-verify"] = true;
        });
        using (var cluster = Open(blind))
        {
            Assert.Equal(3, cluster.Nodes().Count);
        }
    }

    [Theory]
    [InlineData("token")]
    [InlineData("stranger")]
    public void Who_is_not_known_is_told_so_with_the_contexts_name(string who)
    {
        var path = real.Variant($"denied-{who}", (_, user) =>
        {
            user.Clear();
            if (who == "token")
            {
                user["token"] = "expired-or-wrong";
            }
            else if (who == "stranger")
            {
                user["client-certificate-data"] = Convert.ToBase64String(Stranger.Pem());
                user["client-key-data"] = Convert.ToBase64String(Stranger.KeyPem());
            }
        });

        var error = Assert.Throws<ApiException>(() => Open(path));
        Assert.Equal((401, "Unauthorized"), (error.Code, error.Reason));
        Assert.StartsWith("context kubelab, https://127.0.0.1:", error.Message, StringComparison.Ordinal);
        Assert.Contains("You must be logged in to the server", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("expired-or-wrong", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_says_nothing_of_himself_is_anonymous_and_may_not_look()
    {
        using var cluster = Open(real.Variant("denied-nobody", (_, user) => user.Clear()));
        Assert.Contains("Error from server (Forbidden): forbidden:", cluster.Kubectl("get pods").StdErr, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_goes_away_and_returns_is_found_again()
    {
        using var relay = new TcpRelay(Kubeconfig.Load(real.Kubeconfig).Server);
        var path = real.Variant("relay", (cluster, _) => cluster["server"] = $"https://127.0.0.1:{relay.Port}");
        using var cluster = Open(path);
        Assert.Equal(3, cluster.Nodes().Count);
        relay.Pull();
        Assert.Equal(503, Assert.Throws<ApiException>(() => cluster.Nodes()).Code);
        Assert.Equal(
            $"The connection to the server 127.0.0.1:{relay.Port} was refused - did you specify the right host or port?\n", cluster.Kubectl("get nodes").StdErr);
        cluster.RunFor(2);
        relay.PutBack();

        // A condition that cannot be asked does not hold yet; the recorder's watches list again after their pauses.
        cluster.Kubectl("run back --image=nginx:1.27 -n default");
        cluster.RunUntil(c => c.Pod("back").IsReady, TimeSpan.FromMinutes(1));
        cluster.RunUntil(c => c.Charts.PodsByPhase().Alt.Contains("Running", StringComparison.Ordinal), TimeSpan.FromMinutes(1));
        cluster.Kubectl("delete pod back");
    }

    private ConnectedCluster Open(string? path = null) => ConnectedCluster.Open(Kubeconfig.Load(path ?? real.Kubeconfig));
}
