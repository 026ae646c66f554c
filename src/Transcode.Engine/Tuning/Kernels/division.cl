// Divides and takes roots, so that it can be seen how a device rounds.
//
//   dividends, divisors   count numbers each, above 0
//   quotients, roots      dividend / divisor, and the root of the dividend
//
// Groups of 32 × 8 items, a number an item across. OpenCL C 1.2. Its oracle is IEEE 754's rounding to the nearest, exactly.

#pragma OPENCL FP_CONTRACT OFF

__kernel __attribute__((reqd_work_group_size(32, 8, 1)))
void divide(__global const float *dividends, __global const float *divisors, __global float *quotients, __global float *roots, int count)
{
    const int at = (int)(get_global_id(1) * get_global_size(0) + get_global_id(0));
    if (at < count)
    {
        quotients[at] = dividends[at] / divisors[at];
        roots[at] = sqrt(dividends[at]);
    }
}
