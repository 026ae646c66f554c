using System.Security.Cryptography;
using System.Text;
using Transcode.Engine.Interop.OpenCl;

namespace Transcode.Engine.Tuning.Devices;

/// <summary>Makes programs for one device: from what was kept, and where that is not there or not taken, from their text.</summary>
internal sealed class ProgramBuilder(ClContextHandle context, FoundDevice device, IProgramStore store)
{
    /// <summary>For every program. Whole numbers are whole in any case; where kernels have fractions, they shall not be less exact
    /// than the standard has them.</summary>
    private const string Everywhere = "-cl-std=CL1.2 -Werror";

    private string Options { get; } = Everywhere + (device.Description.CanDivideExactly ? " -cl-fp32-correctly-rounded-divide-sqrt" : "");

    /// <param name="source">OpenCL C 1.2.</param>
    /// <param name="fromStore">Whether it was kept.</param>
    /// <exception cref="OpenClException">The text does not compile here; the message has the compiler's words.</exception>
    public ClProgramHandle Build(string source, out bool fromStore)
    {
        string key = KeyOf(source, Options, device.Description);
        ClProgramHandle? kept = store.Read(key) is { } binary ? FromBinary(binary) : null;
        fromStore = kept is not null;
        if (kept is not null)
        {
            return kept;
        }

        ClProgramHandle program = ClProgram.OfSource(context, source);
        try
        {
            BuildFor(program);
            store.Write(key, ClProgram.Binary(program));
            return program;
        }
        catch
        {
            program.Dispose();
            throw;
        }
    }

    /// <summary>Names what a program's binary depends on.</summary>
    internal static string KeyOf(string source, string options, DeviceDescription device) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\0', source, options, device.Identity))));

    /// <summary>Null where the driver does not take it, which is no fault: a driver may change without another version.</summary>
    private ClProgramHandle? FromBinary(byte[] binary)
    {
        ClProgramHandle? program = null;
        try
        {
            program = ClProgram.OfBinary(context, device.Id, binary);
            BuildFor(program);
            return program;
        }
        catch (OpenClException exception) when (!exception.IsDeviceLost)
        {
            program?.Dispose();
            return null;
        }
    }

    private void BuildFor(ClProgramHandle program)
    {
        int code = ClProgram.clBuildProgram(program, 1, [device.Id], Options, 0, 0);
        if (code < 0)
        {
            throw new OpenClException(code, nameof(ClProgram.clBuildProgram), ClProgram.Log(program, device.Id));
        }
    }
}
