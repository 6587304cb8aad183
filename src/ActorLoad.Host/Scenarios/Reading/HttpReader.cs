using ActorLoad.Messages.Scenarios;

namespace ActorLoad.Host.Scenarios.Reading;

/// <summary>Reads <c>scenario.http</c>.</summary>
internal static class HttpReader
{
    public static HttpSettings Read(Section scenario)
    {
        var defaults = new HttpSettings();
        if (scenario.Object("http") is not { } http)
        {
            return defaults;
        }

        var settings = new HttpSettings
        {
            Version = Version(http),
            ConnectTimeout = http.Value("connect-timeout", ValueKinds.PositiveDuration, defaults.ConnectTimeout),
            HeaderTimeout = http.Value("header-timeout", ValueKinds.PositiveDuration, defaults.HeaderTimeout),
            MaxConnecting = http.Value("max-connecting", ValueKinds.Whole(1, 1_000_000), defaults.MaxConnecting),
            Compression = http.Value("compression", ValueKinds.Flag, defaults.Compression),
            Cookies = http.Value("cookies", ValueKinds.Flag, defaults.Cookies),
            Proxy = Proxy(http),
            Headers = PairReader.Headers(http),
            Tls = http.Object("tls") is { } tls ? Tls(tls) : defaults.Tls,
        };
        http.Close();
        return settings;
    }

    private static string Version(Section http)
    {
        var version = http.Text("version", "1.1", "\"1.1\"");
        if (version is "2" or "2.0")
        {
            http.Mistake("version", "HTTP/2 is not supported yet; expected \"1.1\"");
        }
        else if (version != "1.1")
        {
            http.Unexpected(http.Take("version")!, http.PathOf("version"), "\"1.1\"");
        }

        return "1.1";
    }

    private static Uri? Proxy(Section http)
    {
        const string expected = "an absolute http URL, or an empty text for none";
        var text = http.Text("proxy", "", expected);
        if (text.Length == 0)
        {
            return null;
        }

        if (Uri.TryCreate(text, UriKind.Absolute, out var proxy) && proxy.Scheme == Uri.UriSchemeHttp)
        {
            if (http.Context.Secrets.Contains(text))
            {
                http.Context.Secrets.Add(proxy);
            }

            return proxy;
        }

        http.Unexpected(http.Take("proxy")!, http.PathOf("proxy"), expected);
        return null;
    }

    private static TlsSettings Tls(Section tls)
    {
        var settings = new TlsSettings
        {
            CaFile = File(tls, "ca-file"),
            ClientCertFile = File(tls, "client-cert-file"),
            ClientKeyFile = File(tls, "client-key-file"),
            Insecure = tls.Value("insecure", ValueKinds.Flag, false),
        };
        if (settings.ClientKeyFile.Length > 0 && settings.ClientCertFile.Length == 0)
        {
            tls.Mistake("client-key-file", "a client key needs client-cert-file as well");
        }

        tls.Close();
        return settings;
    }

    /// <summary>A relative name is looked up beside the file that says so (beside the current folder for <c>--set</c>).</summary>
    public static string File(Section tls, string key)
    {
        var name = tls.Text(key, "", "a file name");
        if (name.Length == 0)
        {
            return name;
        }

        var at = tls.Take(key)!.At;
        var folder = at.Line > 0 ? Path.GetDirectoryName(Path.GetFullPath(at.File)) : null;
        var full = Path.GetFullPath(name, folder ?? Environment.CurrentDirectory);
        if (!System.IO.File.Exists(full))
        {
            tls.Mistake(key, tls.Context.Secrets.Contains(name) ? "there is no such file" : $"there is no file '{full}'");
        }

        if (tls.Context.Secrets.Contains(name))
        {
            tls.Context.Secrets.Add(full);
        }

        return full;
    }
}
