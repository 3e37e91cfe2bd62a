namespace KubeLab.Http.Identity;

/// <summary>A certificate by which a client proves who it is.</summary>
/// <param name="User">The user's name.</param>
/// <param name="Certificate">The certificate, in PEM.</param>
/// <param name="Key">Its private key, in PEM.</param>
public sealed record ClientIdentity(string User, string Certificate, string Key);
