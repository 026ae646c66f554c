// Sums of what PSNR, SSIM and XPSNR are made of, block by block; what is made of them is worked out elsewhere, in double precision.
//
//   a, b                 components of the same size
//   columns × rows       of them
//   side                 of a block in samples, a multiple of 4; blocks at the right and at the bottom may be smaller
//   errors               for each block Σ(a − b)²: the sum of the squares' lower 16 bits, and that of what is above these
//   sums                 for each block of 4 × 4 samples Σa, Σb, Σ(a² + b²), Σab; columns and rows that fill none are left out
//   picture, before, earlier   a picture and the two before it
//   changes              0, or 1 for differences to the picture before, or 2 for differences of such differences
//   halved               not 0 where squares of four samples are taken together
//   activities           for each block what goes on in it: in space, and in time
//
// Ssim, Xpsnr and BlockActivity say what these are. Kernels are named by the bits of a sample.
// Groups of 32 × 8 items: a group a block, of 4 × 4 an item one. OpenCL C 1.2. Their oracles are PlaneError, BlockSums and BlockActivity, exactly.

#include "planes.h"

// Edges are repeated.
#define NEAR(name, x, y) GET(name, clamp(x, 0, columns - 1), clamp(y, 0, rows - 1))

// The four samples from one to the right and down.
#define SQUARE(name, x, y) (NEAR(name, x, y) + NEAR(name, (x) + 1, y) + NEAR(name, x, (y) + 1) + NEAR(name, (x) + 1, (y) + 1))

#define LIKENESS(BITS, S)                                                                           \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void errors_##BITS(PLANE(const S, a), PLANE(const S, b), int columns, int rows, int side, __global int2 *errors) \
    {                                                                                               \
        __local int sums[2];                                                                        \
        const int item = (int)get_local_id(1) * 32 + (int)get_local_id(0);                          \
        const int left = (int)get_group_id(0) * side, top = (int)get_group_id(1) * side;            \
        if (item < 2)                                                                               \
        {                                                                                           \
            sums[item] = 0;                                                                         \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        int low = 0, high = 0;                                                                      \
        for (int i = item; i < side * side; i += 256)                                               \
        {                                                                                           \
            const int x = left + i % side, y = top + i / side;                                      \
            if (x < columns && y < rows)                                                            \
            {                                                                                       \
                const int difference = GET(a, x, y) - GET(b, x, y);                                 \
                low += (difference * difference) & 0xFFFF;                                          \
                high += (difference * difference) >> 16;                                            \
            }                                                                                       \
        }                                                                                           \
                                                                                                    \
        atomic_add(sums, low);                                                                      \
        atomic_add(sums + 1, high);                                                                 \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        if (item == 0)                                                                              \
        {                                                                                           \
            errors[(size_t)get_group_id(1) * get_num_groups(0) + get_group_id(0)] = (int2)(sums[0], sums[1]); \
        }                                                                                           \
    }                                                                                               \
                                                                                                    \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void sums_##BITS(PLANE(const S, a), PLANE(const S, b), int columns, int rows, __global int4 *sums) \
    {                                                                                               \
        const int column = (int)get_global_id(0), row = (int)get_global_id(1);                      \
        if (column >= columns / 4 || row >= rows / 4)                                               \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        int4 sum = (int4)(0);                                                                       \
        for (int i = 0; i < 16; i++)                                                                \
        {                                                                                           \
            const int p = GET(a, column * 4 + i % 4, row * 4 + i / 4);                              \
            const int q = GET(b, column * 4 + i % 4, row * 4 + i / 4);                              \
            sum += (int4)(p, q, p * p + q * q, p * q);                                              \
        }                                                                                           \
                                                                                                    \
        sums[(size_t)row * (columns / 4) + column] = sum;                                           \
    }                                                                                               \
                                                                                                    \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void activities_##BITS(                                                                         \
        PLANE(const S, picture), PLANE(const S, before), PLANE(const S, earlier),                   \
        int columns, int rows, int side, int changes, int halved, __global int2 *activities)        \
    {                                                                                               \
        __local int sums[2];                                                                        \
        const int item = (int)get_local_id(1) * 32 + (int)get_local_id(0);                          \
        const int left = (int)get_group_id(0) * side, top = (int)get_group_id(1) * side;            \
        const int rim = halved ? 2 : 1;                                                             \
        const int across = side / rim;                                                              \
        if (item < 2)                                                                               \
        {                                                                                           \
            sums[item] = 0;                                                                         \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        int detail = 0, change = 0;                                                                 \
        for (int i = item; i < across * across; i += 256)                                           \
        {                                                                                           \
            const int x = left + i % across * rim, y = top + i / across * rim;                      \
            if (x >= columns || y >= rows)                                                          \
            {                                                                                       \
                continue;                                                                           \
            }                                                                                       \
                                                                                                    \
            const int own = halved ? SQUARE(picture, x, y) : GET(picture, x, y);                    \
            if (x >= rim && x < columns - rim && y >= rim && y < rows - rim)                        \
            {                                                                                       \
                /* Around what is looked at, rim by rim: beside it in a row or a column, and aslant. */ \
                int sum = 12 * own;                                                                 \
                if (halved)                                                                         \
                {                                                                                   \
                    for (int j = 0; j < 2; j++)                                                     \
                    {                                                                               \
                        sum -= 3 * (NEAR(picture, x + j, y - 1) + NEAR(picture, x + j, y + 2)       \
                            + NEAR(picture, x - 1, y + j) + NEAR(picture, x + 2, y + j));           \
                        sum -= 2 * (NEAR(picture, x - 1 + 3 * j, y - 1) + NEAR(picture, x - 1 + 3 * j, y + 2)); \
                    }                                                                               \
                                                                                                    \
                    for (int j = -1; j <= 2; j++)                                                   \
                    {                                                                               \
                        sum -= NEAR(picture, x + j, y - 2) + NEAR(picture, x + j, y + 3)            \
                            + NEAR(picture, x - 2, y + j) + NEAR(picture, x + 3, y + j);            \
                    }                                                                               \
                }                                                                                   \
                else                                                                                \
                {                                                                                   \
                    sum -= 2 * (GET(picture, x - 1, y) + GET(picture, x + 1, y) + GET(picture, x, y - 1) + GET(picture, x, y + 1)); \
                    sum -= GET(picture, x - 1, y - 1) + GET(picture, x + 1, y - 1) + GET(picture, x - 1, y + 1) + GET(picture, x + 1, y + 1); \
                }                                                                                   \
                                                                                                    \
                detail += APART(sum, 0);                                                            \
            }                                                                                       \
                                                                                                    \
            if (changes > 0)                                                                        \
            {                                                                                       \
                const int then = halved ? SQUARE(before, x, y) : GET(before, x, y);                 \
                int turn = own - then;                                                              \
                if (changes > 1)                                                                    \
                {                                                                                   \
                    turn -= then - (halved ? SQUARE(earlier, x, y) : GET(earlier, x, y));           \
                }                                                                                   \
                                                                                                    \
                change += APART(turn, 0);                                                           \
            }                                                                                       \
        }                                                                                           \
                                                                                                    \
        atomic_add(sums, detail);                                                                   \
        atomic_add(sums + 1, change);                                                               \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        if (item == 0)                                                                              \
        {                                                                                           \
            activities[(size_t)get_group_id(1) * get_num_groups(0) + get_group_id(0)] = (int2)(sums[0], sums[1]); \
        }                                                                                           \
    }

LIKENESS(8, uchar)
LIKENESS(10, ushort)
