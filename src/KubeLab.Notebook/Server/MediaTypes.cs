namespace KubeLab.Notebook.Server;

/// <summary>What kind of file a name promises.</summary>
internal static class MediaTypes
{
    public static string Of(string file) => Path.GetExtension(file).ToUpperInvariant() switch
    {
        ".HTML" or ".HTM" => "text/html; charset=utf-8",
        ".JS" or ".MJS" => "text/javascript; charset=utf-8",
        ".CSS" => "text/css; charset=utf-8",
        ".JSON" or ".MAP" => "application/json",
        ".IPYNB" => "application/x-ipynb+json",
        ".SVG" => "image/svg+xml",
        ".PNG" => "image/png",
        ".JPG" or ".JPEG" => "image/jpeg",
        ".GIF" => "image/gif",
        ".WEBP" => "image/webp",
        ".ICO" => "image/x-icon",
        ".WOFF2" => "font/woff2",
        ".MD" => "text/markdown; charset=utf-8",
        ".YAML" or ".YML" => "application/yaml",
        ".TXT" or ".CSV" or ".LOG" or ".CS" or ".SH" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    };
}
