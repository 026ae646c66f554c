// Copies rows of bytes: the yardstick that the other kernels' speed is told by.
//
//   source, target    different buffers; offsets of the first byte and pitches are in bytes
//   rowBytes × rows   what is copied; what lies between rows is neither read nor written
//   aligned           not 0 where every offset and pitch is a multiple of 16
//
// Groups of 32 × 8 items, 16 bytes of a row each. OpenCL C 1.2. Its oracle is the source.

__kernel __attribute__((reqd_work_group_size(32, 8, 1)))
void copy_rows(
    __global const uchar *source, int sourceOffset, int sourcePitch,
    __global uchar *target, int targetOffset, int targetPitch,
    int rowBytes, int rows, int aligned)
{
    const int x = (int)get_global_id(0) * 16;
    const int y = (int)get_global_id(1);
    if (x >= rowBytes || y >= rows)
    {
        return;
    }

    __global const uchar *from = source + sourceOffset + (size_t)y * sourcePitch + x;
    __global uchar *to = target + targetOffset + (size_t)y * targetPitch + x;
    if (x + 16 > rowBytes)
    {
        for (int i = 0; i < rowBytes - x; i++)
        {
            to[i] = from[i];
        }
    }
    else if (aligned)
    {
        *(__global uint4 *)to = *(__global const uint4 *)from;
    }
    else
    {
        vstore16(vload16(0, from), 0, to);
    }
}
