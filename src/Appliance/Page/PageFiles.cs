using Appliance.Access;
using Appliance.Problems;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace Appliance.Page;

/// <summary>The page, as the build left it beside the program.</summary>
internal static class PageFiles
{
    /// <summary>What is said in place of a page that was not built.</summary>
    public const string Missing = "/";

    public static void UsePage(this WebApplication app)
    {
        string folder = Path.Combine(AppContext.BaseDirectory, "wwwroot");
        if (!File.Exists(Path.Combine(folder, "index.html")))
        {
            app.MapGet(Missing, () => Problem.NotFound("This build holds no page; the API is at /v1/sources.")).NeedsNothing();
            return;
        }

        var files = new PhysicalFileProvider(folder);
        app.UseDefaultFiles(new DefaultFilesOptions { FileProvider = files });
        app.UseStaticFiles(new StaticFileOptions
        {
            FileProvider = files,
            ContentTypeProvider = new FileExtensionContentTypeProvider { Mappings = { [".webmanifest"] = "application/manifest+json" } },

            // The names stay the same from build to build, so each is asked about again; the answer is mostly 304.
            OnPrepareResponse = static file => file.Context.Response.Headers.CacheControl = "no-cache",
        });
    }
}
