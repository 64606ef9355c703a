using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace AspireChat.LoadTest.Load.Clients;

/// <summary>Which certificates of servers are taken.</summary>
internal sealed class ServerTrust
{
    private readonly bool _insecure;
    private readonly X509Certificate2Collection? _authorities;

    public ServerTrust(Credentials credentials)
    {
        _insecure = credentials.Insecure;
        if (credentials.AuthorityFile is not { } file)
            return;

        _authorities = [];
        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new LoadException($"The certificates of --ca could not be read from '{file}': {e.Message}", e);
        }

        if (_authorities.Count == 0)
            throw new LoadException($"The file '{file}' of --ca holds no certificate. Give one in PEM form, with BEGIN CERTIFICATE.");
    }

    public bool Accepts(X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (_insecure || errors == SslPolicyErrors.None)
            return true;

        // A name that does not match, or no certificate at all, is no question of who signed it.
        if (_authorities is null || errors != SslPolicyErrors.RemoteCertificateChainErrors || certificate is not X509Certificate2 presented)
            return false;

        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(presented);
    }
}
