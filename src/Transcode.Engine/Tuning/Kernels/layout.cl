// Lays samples out in another way: planes or pairs, 8 bits or 10, low in their words or high.
//
//   source, target    different buffers; offsets of a component's first sample and pitches are in samples
//   …Shift            empty bits below a sample in its word: 6 in P010, else 0
//   columns × rows    samples of a component; what lies between rows is neither read nor written
//   aligned           not 0 where every offset and pitch is a multiple of 16
//   of pairs alone:
//   …Second           offset of the second colour's first sample
//   …Paired           not 0 where the two take turns in one plane
//
// From 8 bits to 10 t = 4·s, from 10 to 8 t = min(255, s / 4 rounded, halves to the even), else t = s, as LayoutConverter has it. Samples lie within
// their bits. Kernels are named by the bits of the source and the target.
// Groups of 32 × 8 items, 8 samples of a row each. OpenCL C 1.2. Their oracle is ScalarLayout, exactly.

// Of eight samples at once, and of one, which is an int by itself. The limit is a vector too: oclgrind reads eight of a single one.
#define KEPT(s) (s)
#define KEPT_ONE(s) (s)
#define WIDENED(s) ((s) << (ushort)2)
#define WIDENED_ONE(s) ((s) << 2)
#define NARROWED(s) min(((s) + (ushort)1 + (((s) >> (ushort)2) & (ushort)1)) >> (ushort)2, (ushort8)(255))
#define NARROWED_ONE(s) min(((s) + 1 + (((s) >> 2) & 1)) >> 2, 255)

#define LOAD(N, TYPE, from) (aligned ? *(__global const TYPE##N *)(from) : vload##N(0, (from)))

#define STORE(N, TYPE, value, to)                \
    if (aligned)                                 \
    {                                            \
        *(__global TYPE##N *)(to) = (value);     \
    }                                            \
    else                                         \
    {                                            \
        vstore##N((value), 0, (to));             \
    }

#define ONE(S, T, DEPTH, sample) \
    (T)(DEPTH##_ONE((int)(sample) >> sourceShift) << targetShift)

#define EIGHT(S, T, DEPTH, samples) \
    convert_##T##8(DEPTH(convert_ushort8(samples) >> (ushort)sourceShift) << (ushort)targetShift)

#define PLANE(NAME, S, T, DEPTH)                                                                    \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        __global const S *source, int sourceOffset, int sourcePitch, int sourceShift,               \
        __global T *target, int targetOffset, int targetPitch, int targetShift,                     \
        int columns, int rows, int aligned)                                                         \
    {                                                                                               \
        const int x = (int)get_global_id(0) * 8;                                                    \
        const int y = (int)get_global_id(1);                                                        \
        if (x >= columns || y >= rows)                                                              \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        __global const S *from = source + sourceOffset + (size_t)y * sourcePitch + x;               \
        __global T *to = target + targetOffset + (size_t)y * targetPitch + x;                       \
        if (x + 8 > columns)                                                                        \
        {                                                                                           \
            for (int i = 0; i < columns - x; i++)                                                   \
            {                                                                                       \
                to[i] = ONE(S, T, DEPTH, from[i]);                                                  \
            }                                                                                       \
                                                                                                    \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        const T##8 made = EIGHT(S, T, DEPTH, LOAD(8, S, from));                                     \
        STORE(8, T, made, to)                                                                       \
    }

#define PAIRS(NAME, S, T, DEPTH)                                                                    \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        __global const S *source, int sourceOffset, int sourceSecond, int sourcePitch,              \
        int sourcePaired, int sourceShift,                                                          \
        __global T *target, int targetOffset, int targetSecond, int targetPitch,                    \
        int targetPaired, int targetShift,                                                          \
        int columns, int rows, int aligned)                                                         \
    {                                                                                               \
        const int x = (int)get_global_id(0) * 8;                                                    \
        const int y = (int)get_global_id(1);                                                        \
        if (x >= columns || y >= rows)                                                              \
        {                                                                                           \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        const int sourceStep = sourcePaired ? 2 : 1;                                                \
        const int targetStep = targetPaired ? 2 : 1;                                                \
        const size_t sourceAt = (size_t)y * sourcePitch + (size_t)x * sourceStep;                   \
        const size_t targetAt = (size_t)y * targetPitch + (size_t)x * targetStep;                   \
        __global const S *from = source + sourceOffset + sourceAt;                                  \
        __global const S *fromSecond = source + sourceSecond + sourceAt;                            \
        __global T *to = target + targetOffset + targetAt;                                          \
        __global T *toSecond = target + targetSecond + targetAt;                                    \
        if (x + 8 > columns)                                                                        \
        {                                                                                           \
            for (int i = 0; i < columns - x; i++)                                                   \
            {                                                                                       \
                to[i * targetStep] = ONE(S, T, DEPTH, from[i * sourceStep]);                        \
                toSecond[i * targetStep] = ONE(S, T, DEPTH, fromSecond[i * sourceStep]);            \
            }                                                                                       \
                                                                                                    \
            return;                                                                                 \
        }                                                                                           \
                                                                                                    \
        S##16 samples;                                                                              \
        if (sourcePaired)                                                                           \
        {                                                                                           \
            samples = LOAD(16, S, from);                                                            \
        }                                                                                           \
        else                                                                                        \
        {                                                                                           \
            samples.even = LOAD(8, S, from);                                                        \
            samples.odd = LOAD(8, S, fromSecond);                                                   \
        }                                                                                           \
                                                                                                    \
        T##16 made;                                                                                 \
        made.even = EIGHT(S, T, DEPTH, samples.even);                                               \
        made.odd = EIGHT(S, T, DEPTH, samples.odd);                                                 \
        if (targetPaired)                                                                           \
        {                                                                                           \
            STORE(16, T, made, to)                                                                  \
        }                                                                                           \
        else                                                                                        \
        {                                                                                           \
            STORE(8, T, made.even, to)                                                              \
            STORE(8, T, made.odd, toSecond)                                                         \
        }                                                                                           \
    }

PLANE(plane_8_8, uchar, uchar, KEPT)
PLANE(plane_8_10, uchar, ushort, WIDENED)
PLANE(plane_10_8, ushort, uchar, NARROWED)
PLANE(plane_10_10, ushort, ushort, KEPT)
PAIRS(pairs_8_8, uchar, uchar, KEPT)
PAIRS(pairs_8_10, uchar, ushort, WIDENED)
PAIRS(pairs_10_8, ushort, uchar, NARROWED)
PAIRS(pairs_10_10, ushort, ushort, KEPT)
