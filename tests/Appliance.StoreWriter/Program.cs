using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Appliance.Playback;
using Appliance.Storage;
using Microsoft.Extensions.Logging.Abstractions;

// Usage: DATA-FOLDER QUOTA-BYTES FIRST. Keeps artifact after artifact, two at once, until it is killed; each is called by the
// SHA-256 of its bytes, so that whoever reads it can tell whether it is whole. After each, its name is one line on the
// standard output.
int next = int.Parse(args[2], CultureInfo.InvariantCulture);
var store = new SegmentStore(
    new DataFolder(args[0]),
    new KeptFiles(),
    new CacheLimits { DiskBytes = long.Parse(args[1], CultureInfo.InvariantCulture) },
    TimeProvider.System,
    NullLogger<SegmentStore>.Instance);
using Stream output = Console.OpenStandardOutput();
Parallel.For(0, 2, _ =>
{
    while (true)
    {
        int number = Interlocked.Increment(ref next);
        byte[] content = new byte[20_000 + (number % 7 * 9_000)];
        new Random(number).NextBytes(content);
        string name = Convert.ToHexStringLower(SHA256.HashData(content));
        store.Keep(name, [content.AsMemory(0, 10_000), content.AsMemory(10_000)], TimeSpan.FromMilliseconds(1 + (number % 50)));
        lock (output)
        {
            output.Write(Encoding.ASCII.GetBytes($"{name}\n"));
        }
    }
});
