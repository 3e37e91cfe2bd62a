using System.Text;
using KubeLab.Api.Core;

namespace KubeLab.ApiServer.Defaulting;

/// <summary>Fills in a secret's type, and turns its plain texts into data.</summary>
internal static class SecretDefaults
{
    public static Secret Fill(Secret obj)
    {
        if (obj.StringData.IsEmpty && !string.IsNullOrEmpty(obj.Type))
        {
            return obj;
        }

        var data = obj.Data;
        foreach (var (key, text) in obj.StringData)
        {
            data = data.With(key, Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        }

        return obj with { Data = data, StringData = default, Type = string.IsNullOrEmpty(obj.Type) ? "Opaque" : obj.Type };
    }
}
