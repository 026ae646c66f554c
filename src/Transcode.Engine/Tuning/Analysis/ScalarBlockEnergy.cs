namespace Transcode.Engine.Tuning.Analysis;

/// <summary>The arithmetic of <see cref="BlockEnergy"/> as it is written down.</summary>
internal sealed unsafe class ScalarBlockEnergy : BlockEnergy
{
    private readonly int[] middle = new int[Side * Side];

    public override int Of(ushort* block, int bits)
    {
        for (int i = 0; i < middle.Length; i++)
        {
            middle[i] = Rounded(y => block[(y * Side) + (i % Side)], i / Side, 4 + bits - 8);
        }

        int sum = 0;
        for (int i = 0; i < middle.Length; i++)
        {
            sum += Math.Abs(Rounded(x => middle[(i / Side * Side) + x], i % Side, 11)) * Weights[i] >> 16;
        }

        return sum;
    }

    private static int Rounded(Func<int, int> sample, int coefficient, int shift)
    {
        int sum = 1 << (shift - 1);
        for (int i = 0; i < Side; i++)
        {
            sum += Basis[(coefficient * Side) + i] * sample(i);
        }

        return Math.Clamp(sum >> shift, short.MinValue, short.MaxValue);
    }
}
