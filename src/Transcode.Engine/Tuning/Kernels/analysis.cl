// Looks at brightness and at that of the picture before, once, and sums up what is measured for each block of 32 × 32.
//
//   picture, before   components of the same size, in limited range; before is looked at where hasBefore is not 0
//   columns × rows    of them
//   bits              of a sample
//   step              rows from one row of blocks to the next: a multiple of 32
//   basis, weights    of BlockEnergy
//   blocks            for each block, row after row, the numbers of the list below
//   histogram         256 numbers, added to: samples by their upper eight bits
//
// What is measured is said by RowKernels, BlockEnergy and NoiseEstimate. Whole numbers but for the gradient's root, which is rounded as
// IEEE 754 says. A group holds its block and what is needed around it in its own memory; edges are repeated.
// Groups of 32 × 8 items, a block a group. OpenCL C 1.2. Its oracle is PictureAnalyzer by ScalarRows, exactly.

#include "planes.h"

#pragma OPENCL FP_CONTRACT OFF

#define SIDE 32
#define NOISE_SIDE 16
#define RUN 4

// Samples above and to the left of a block that are held, and below and to the right: a contour's run, and noise's blocks, which begin a sample in.
#define BEFORE 3
#define TILE (BEFORE + SIDE + RUN + 1)
#define STRETCHED (SIDE + 2)

enum number
{
    GRADIENTS,              // of their sizes, in sixteenths
    SQUARES_LOW,            // of the squares' lower 16 bits
    SQUARES_HIGH,           // of what is above these
    FLAT,
    CONTOURS,
    CHANGES,
    CHANGE_SQUARES,
    DIFFERENCE,
    ENERGY,
    GRAIN,                  // of the four blocks of 16 × 16 that begin a sample in; -1 where one is not to be counted
    STILL = GRAIN + 4,      // differences of the four blocks of 16 × 16; likewise
    NUMBERS = STILL + 4
};

#define HELD(x, y) ((int)tile[((y) + BEFORE) * TILE + (x) + BEFORE])

#define STRETCHED_AT(x, y) ((int)stretched[((y) + 1) * STRETCHED + (x) + 1])

static int stretch(int sample, int bits)
{
    const int factor = 1 << (bits - 8);
    return (256 * factor - 1) * clamp(sample - 16 * factor, 0, 219 * factor) / (219 * factor);
}

// Whether a block's corner is neither black nor white.
static bool is_grey(int sample, int bits)
{
    const int high = sample >> (bits - 8);
    return high > 17 && high < 234;
}

#define MAY_SHOW_NOISE(x, y)                                                                        \
    (is_grey(HELD(x, y), bits) && is_grey(HELD((x) + NOISE_SIDE - 1, y), bits)                      \
        && is_grey(HELD(x, (y) + NOISE_SIDE - 1), bits) && is_grey(HELD((x) + NOISE_SIDE - 1, (y) + NOISE_SIDE - 1), bits))

// Whether after a sample four of its kind a contour lies, in the direction acrossStep, downStep.
static bool is_contour(__local const ushort *sample, int step, int bits)
{
    const int apart = APART((int)sample[0], (int)sample[step]);
    bool found = apart >= 2 << (bits - 8) && apart <= 6 << (bits - 8);
    for (int i = 1; i < RUN; i++)
    {
        found = found && sample[-i * step] == sample[0] && sample[(i + 1) * step] == sample[step];
    }

    return found;
}

// Of one coefficient.
static int transformed(__local const short *samples, int step, __global const short *basis, int shift)
{
    int sum = 1 << (shift - 1);
    for (int i = 0; i < SIDE; i++)
    {
        sum += (int)basis[i] * (int)samples[i * step];
    }

    return clamp(sum >> shift, -32768, 32767);
}

#define LOOK(NAME, S)                                                                               \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        PLANE(const S, picture), PLANE(const S, before), int hasBefore, int columns, int rows, int bits, int step, \
        __global const short *basis, __global const ushort *weights, __global int *blocks, __global int *histogram) \
    {                                                                                               \
        __local ushort tile[TILE * TILE];                                                           \
        __local ushort stretched[STRETCHED * STRETCHED];                                            \
        __local short down[SIDE * SIDE];                                                            \
        __local short samples[SIDE * SIDE];                                                         \
        __local int sums[NUMBERS];                                                                  \
        __local int counts[256];                                                                    \
        const int lane = (int)get_local_id(0);                                                      \
        const int item = (int)get_local_id(1) * SIDE + lane;                                        \
        const int left = (int)get_group_id(0) * SIDE, top = (int)get_group_id(1) * step;            \
        counts[item] = 0;                                                                           \
        if (item < NUMBERS)                                                                         \
        {                                                                                           \
            sums[item] = 0;                                                                         \
        }                                                                                           \
                                                                                                    \
        for (int i = item; i < TILE * TILE; i += 256)                                               \
        {                                                                                           \
            const int x = clamp(left - BEFORE + i % TILE, 0, columns - 1);                          \
            const int y = clamp(top - BEFORE + i / TILE, 0, rows - 1);                              \
            tile[i] = (ushort)GET(picture, x, y);                                                   \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        for (int i = item; i < STRETCHED * STRETCHED; i += 256)                                     \
        {                                                                                           \
            stretched[i] = (ushort)stretch(HELD(i % STRETCHED - 1, i / STRETCHED - 1), bits);       \
        }                                                                                           \
                                                                                                    \
        for (int i = item; i < SIDE * SIDE; i += 256)                                               \
        {                                                                                           \
            samples[i] = (short)HELD(i % SIDE, i / SIDE);                                           \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        const int x = left + lane;                                                                  \
        const bool isColumn = x < columns;                                                          \
        int gradients = 0, low = 0, high = 0, flat = 0, contours = 0, changes = 0, changeSquares = 0, difference = 0; \
        for (int line = item / SIDE; line < SIDE; line += 8)                                        \
        {                                                                                           \
            const int y = top + line;                                                               \
            if (isColumn && y < rows)                                                               \
            {                                                                                       \
                const int sample = HELD(lane, line);                                                \
                atomic_inc(counts + ((sample >> (bits - 8)) & 0xFF));                               \
                if (x > 0 && x < columns - 1 && y > 0 && y < rows - 1)                              \
                {                                                                                   \
                    const int nw = STRETCHED_AT(lane - 1, line - 1), n = STRETCHED_AT(lane, line - 1), ne = STRETCHED_AT(lane + 1, line - 1); \
                    const int w = STRETCHED_AT(lane - 1, line), e = STRETCHED_AT(lane + 1, line);   \
                    const int sw = STRETCHED_AT(lane - 1, line + 1), s = STRETCHED_AT(lane, line + 1), se = STRETCHED_AT(lane + 1, line + 1); \
                    const int gx = ne - nw + 2 * (e - w) + se - sw;                                 \
                    const int gy = sw - nw + 2 * (s - n) + se - ne;                                 \
                    const int square = gx * gx + gy * gy;                                           \
                    gradients += (int)(sqrt((float)square) * 16.0f + 0.5f);                         \
                    low += square & 0xFFFF;                                                         \
                    high += square >> 16;                                                           \
                    flat += APART(gx, 0) + APART(gy, 0) < 8 << (bits - 8) ? 1 : 0;                  \
                }                                                                                   \
                                                                                                    \
                __local const ushort *at = &tile[(line + BEFORE) * TILE + lane + BEFORE];           \
                contours += x >= RUN - 1 && x + RUN < columns && is_contour(at, 1, bits) ? 1 : 0;   \
                contours += y >= RUN - 1 && y + RUN < rows && is_contour(at, TILE, bits) ? 1 : 0;   \
                if (hasBefore)                                                                      \
                {                                                                                   \
                    const int then = GET(before, x, y);                                             \
                    const int change = STRETCHED_AT(lane, line) - stretch(then, bits);              \
                    changes += change;                                                              \
                    changeSquares += change * change;                                               \
                    difference += APART(sample, then);                                              \
                    atomic_add(sums + STILL + line / NOISE_SIDE * 2 + lane / NOISE_SIDE, APART(sample, then)); \
                }                                                                                   \
            }                                                                                       \
                                                                                                    \
            /* Grain begins a sample further in. */                                                 \
            const int a = HELD(lane, line) - 2 * HELD(lane + 1, line) + HELD(lane + 2, line);       \
            const int b = HELD(lane, line + 1) - 2 * HELD(lane + 1, line + 1) + HELD(lane + 2, line + 1); \
            const int c = HELD(lane, line + 2) - 2 * HELD(lane + 1, line + 2) + HELD(lane + 2, line + 2); \
            atomic_add(sums + GRAIN + line / NOISE_SIDE * 2 + lane / NOISE_SIDE, APART(a + c, 2 * b)); \
        }                                                                                           \
                                                                                                    \
        atomic_add(sums + GRADIENTS, gradients);                                                    \
        atomic_add(sums + SQUARES_LOW, low);                                                        \
        atomic_add(sums + SQUARES_HIGH, high);                                                      \
        atomic_add(sums + FLAT, flat);                                                              \
        atomic_add(sums + CONTOURS, contours);                                                      \
        atomic_add(sums + CHANGES, changes);                                                        \
        atomic_add(sums + CHANGE_SQUARES, changeSquares);                                           \
        atomic_add(sums + DIFFERENCE, difference);                                                  \
                                                                                                    \
        /* Texture: the transform down, then across. */                                             \
        for (int i = item; i < SIDE * SIDE; i += 256)                                               \
        {                                                                                           \
            down[i] = (short)transformed(samples + i % SIDE, SIDE, basis + i / SIDE * SIDE, bits - 4); \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        int energy = 0;                                                                             \
        for (int i = item; i < SIDE * SIDE; i += 256)                                               \
        {                                                                                           \
            const int coefficient = transformed(down + i / SIDE * SIDE, 1, basis + i % SIDE * SIDE, 11); \
            energy += (int)((uint)APART(coefficient, 0) * weights[i] >> 16);                        \
        }                                                                                           \
                                                                                                    \
        atomic_add(sums + ENERGY, energy);                                                          \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
        if (item < NUMBERS)                                                                         \
        {                                                                                           \
            int sum = sums[item];                                                                   \
            if (item >= STILL)                                                                      \
            {                                                                                       \
                const int bx = (item - STILL) % 2 * NOISE_SIDE, by = (item - STILL) / 2 * NOISE_SIDE; \
                sum = left + bx + NOISE_SIDE <= columns && top + by + NOISE_SIDE <= rows && MAY_SHOW_NOISE(bx, by) ? sum : -1; \
            }                                                                                       \
            else if (item >= GRAIN)                                                                 \
            {                                                                                       \
                const int bx = (item - GRAIN) % 2 * NOISE_SIDE, by = (item - GRAIN) / 2 * NOISE_SIDE; \
                const bool isWhole = left + bx + NOISE_SIDE + 2 <= columns && top + by + NOISE_SIDE + 1 < rows; \
                sum = isWhole && MAY_SHOW_NOISE(bx + 1, by + 1) ? sum : -1;                         \
            }                                                                                       \
                                                                                                    \
            blocks[((size_t)get_group_id(1) * get_num_groups(0) + get_group_id(0)) * NUMBERS + item] = sum; \
        }                                                                                           \
                                                                                                    \
        if (counts[item] != 0)                                                                      \
        {                                                                                           \
            atomic_add(histogram + item, counts[item]);                                             \
        }                                                                                           \
    }

LOOK(look_8, uchar)
LOOK(look_10, ushort)
