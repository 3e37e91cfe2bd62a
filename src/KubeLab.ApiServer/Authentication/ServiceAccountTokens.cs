using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using KubeLab.Api;
using KubeLab.Api.Authentication;
using KubeLab.Api.Core;
using KubeLab.Etcd;
using KubeLab.Simulation;

namespace KubeLab.ApiServer.Authentication;

/// <summary>Makes tokens of service accounts, and reads them: JSON web tokens, signed with a key of the cluster, valid by the cluster's time.</summary>
/// <remarks>Upstream: pkg/serviceaccount. A token ends with its time, with its service account, and with the object that it is bound to.</remarks>
/// <seealso href="https://kubernetes.io/docs/reference/access-authn-authz/service-accounts-admin/#bound-service-account-tokens">
/// Bound service account tokens
/// </seealso>
public sealed class ServiceAccountTokens
{
    /// <summary>For whom tokens are when nobody says otherwise, and who makes them.</summary>
    public const string Issuer = "https://kubernetes.default.svc.cluster.local";

    private const string Header = """{"alg":"HS256","typ":"JWT"}""";
    private readonly IEtcd etcd;
    private readonly VirtualClock clock;
    private readonly Randomness chance;
    private byte[] key;

    internal ServiceAccountTokens(IEtcd etcd, VirtualClock clock, Randomness chance)
    {
        (this.etcd, this.clock, this.chance) = (etcd, clock, chance);
        key = Encoding.UTF8.GetBytes($"{chance.NextUid()}{chance.NextUid()}");
    }

    /// <summary>Signs with another key from now on; tokens that were signed before prove nothing any more.</summary>
    /// <remarks>The key that a cluster begins with follows from its seed, which is no secret: whoever opens a door to others brings a better one.</remarks>
    public void UseKey(ReadOnlySpan<byte> secret) => key = secret.ToArray();

    /// <summary>A token of <paramref name="account"/> that ends at <paramref name="end"/>.</summary>
    /// <param name="account">Whose.</param>
    /// <param name="audiences">For whom.</param>
    /// <param name="end">When it ends.</param>
    /// <param name="bound">The object with which it ends, or null.</param>
    internal string Sign(ServiceAccount account, ValueList<string> audiences, DateTimeOffset end, IApiObject? bound)
    {
        var (now, metadata) = (clock.Now.ToUnixTimeSeconds(), account.Metadata);
        var place = new JsonObject { ["namespace"] = metadata.Namespace };
        if (bound is not null)
        {
            place[bound.Kind.ToLowerInvariant()] = Reference(bound);
        }

        place["serviceaccount"] = Reference(account);
        var claims = new JsonObject
        {
            ["aud"] = new JsonArray([.. audiences.Select(a => JsonValue.Create(a))]),
            ["exp"] = end.ToUnixTimeSeconds(),
            ["iat"] = now,
            ["iss"] = Issuer,
            ["jti"] = chance.NextUid().ToString(),
            ["kubernetes.io"] = place,
            ["nbf"] = now,
            ["sub"] = Identities.AccountName(metadata.Namespace!, metadata.Name!),
        };
        var text = $"{Base64(Encoding.UTF8.GetBytes(Header))}.{Base64(Encoding.UTF8.GetBytes(claims.ToJsonString()))}";
        return $"{text}.{Base64(Signature(text))}";
    }

    /// <summary>Whom <paramref name="token"/> proves, or why nobody.</summary>
    /// <param name="token">The token.</param>
    /// <param name="audiences">For one of whom it must be; empty for the API server.</param>
    internal TokenVerdict Read(string token, ValueList<string> audiences = default)
    {
        try
        {
            return token.Split('.') is [var header, var body, var signature]
                && CryptographicOperations.FixedTimeEquals(Signature($"{header}.{body}"), Bytes(signature))
                    ? Check(JsonNode.Parse(Bytes(body)) as JsonObject ?? [], audiences.IsEmpty ? [Issuer] : audiences)
                    : TokenVerdict.Bad("token signature is invalid");
        }
        catch (Exception wrong) when (wrong is FormatException or JsonException or InvalidOperationException)
        {
            return TokenVerdict.Bad("token is malformed");
        }
    }

    private TokenVerdict Check(JsonObject claims, ValueList<string> audiences)
    {
        if (clock.Now.ToUnixTimeSeconds() >= (long)claims["exp"]!)
        {
            return TokenVerdict.Bad("service account token has expired");
        }

        var meant = claims["aud"]!.AsArray().Select(a => (string)a!).Where(a => audiences.Contains(a)).ToValueList();
        if (meant.IsEmpty)
        {
            return TokenVerdict.Bad("token audiences is invalid for the target audiences");
        }

        var place = claims["kubernetes.io"]!;
        var ns = (string)place["namespace"]!;
        var (name, uid) = ((string)place["serviceaccount"]!["name"]!, (string)place["serviceaccount"]!["uid"]!);
        if (etcd.Get($"{ServiceAccount.Resource.StorePrefix}{ns}/{name}")?.Value is not { Metadata: { Uid: { } own, DeletionTimestamp: null } } || own != uid)
        {
            return TokenVerdict.Bad("service account token has been invalidated");
        }

        var extra = new OpaqueObject().With("authentication.kubernetes.io/credential-id", List($"JTI={(string)claims["jti"]!}"));
        foreach (var (kind, prefix) in new[] { ("pod", Pod.Resource.StorePrefix), ("secret", Secret.Resource.StorePrefix) })
        {
            if (place[kind] is not { } bound)
            {
                continue;
            }

            var (boundName, boundUid) = ((string)bound["name"]!, (string)bound["uid"]!);
            if (etcd.Get($"{prefix}{ns}/{boundName}")?.Value.Metadata.Uid != boundUid)
            {
                return TokenVerdict.Bad("service account token has been invalidated");
            }

            extra = kind != "pod" ? extra
                : extra.With("authentication.kubernetes.io/pod-name", List(boundName)).With("authentication.kubernetes.io/pod-uid", List(boundUid));
        }

        return new TokenVerdict(Identities.OfAccount(ns, name, uid) with { Extra = extra }, meant, "");
    }

    private byte[] Signature(string text) => HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(text));

    private static JsonObject Reference(IApiObject obj) => new() { ["name"] = obj.Metadata.Name, ["uid"] = obj.Metadata.Uid };

    private static JsonElement List(string text) => JsonElement.Parse(new JsonArray(text).ToJsonString());

    private static string Base64(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private static byte[] Bytes(string text) => System.Buffers.Text.Base64Url.DecodeFromChars(text);
}

/// <summary>What a token is worth.</summary>
/// <param name="User">Whom it proves, or null.</param>
/// <param name="Audiences">For whom of those asked for it is.</param>
/// <param name="Problem">Why it proves nobody.</param>
internal sealed record TokenVerdict(UserInfo? User, ValueList<string> Audiences, string Problem)
{
    public static TokenVerdict Bad(string problem) => new(null, default, problem);
}
