// Resamples a component to another size: first down, then across, in the whole numbers of PlanePlan.
//
//   source, target    different buffers; offsets of a component's first sample and pitches are in samples
//   …Step             samples from one of the component to its next: 2 where colours take turns, else 1
//   …Shift            empty bits below a sample in its word: 6 in P010, else 0
//   …Columns × …Rows  samples of the component; what lies between rows is neither read nor written
//   downStarts        for each target row the first source row that counts
//   downWeights       its weights, downTaps each
//   acrossStarts      for each target column the first source column that counts
//   acrossWeights     the columns' first weights, then their second ones, … acrossTaps times
//   bias              what sums across begin with, 8 rows of 8 columns: rounding, or thresholds of a dither
//   tiles             for each tile across the source's columns that it needs: the first, a multiple of 4, and the end
//   tileColumns ≤ 32, tileRows ≤ 8: target samples of a group
//   span              columns of a row in middle, a multiple of 4
//   middle            local: span × tileRows shorts
//   aligned           not 0 where the source's offset and pitch are multiples of 4, and its step is 1
//
// m = sat16((downBias + Σ w·p) >> downShift), t = clamp((bias + Σ w·m) >> acrossShift, 0, largest). Sums fit 32 bits (PlanePlan).
// Kernels are named by the bits of the source and the target. Each group makes its tile's middle once for all of its rows and columns;
// nothing but the source is read and nothing but the target written.
// Groups of 32 × 8 items, a group a tile. OpenCL C 1.2. Their oracle is ScalarPlane, exactly.

#define SCALE(NAME, S, T)                                                                           \
    __kernel __attribute__((reqd_work_group_size(32, 8, 1)))                                        \
    void NAME(                                                                                      \
        __global const S *source, int sourceOffset, int sourcePitch, int sourceStep,                \
        int sourceShift, int sourceColumns, int sourceRows,                                         \
        __global T *target, int targetOffset, int targetPitch, int targetStep,                      \
        int targetShift, int targetColumns, int targetRows,                                         \
        __global const int *downStarts, __global const short *downWeights,                          \
        int downTaps, int downShift, int downBias,                                                  \
        __global const int *acrossStarts, __global const short *acrossWeights,                      \
        int acrossTaps, int acrossShift, __global const int *bias, int largest,                     \
        __global const int2 *tiles, int tileColumns, int tileRows, int span,                        \
        __local short *middle, int aligned)                                                         \
    {                                                                                               \
        const int lane = (int)get_local_id(0);                                                      \
        const int row = (int)get_local_id(1);                                                       \
        const int x = (int)get_group_id(0) * tileColumns + lane;                                    \
        const int y = (int)get_group_id(1) * tileRows + row;                                        \
        const int2 tile = tiles[get_group_id(0)];                                                   \
        const bool isRow = row < tileRows && y < targetRows;                                        \
                                                                                                    \
        /* Down: an item makes four neighbours, and its row's next items the next four. */          \
        for (int at = isRow ? tile.x + 4 * lane : tile.y; at < tile.y; at += 4 * 32)                \
        {                                                                                           \
            const int start = downStarts[y];                                                        \
            __global const short *weights = downWeights + y * downTaps;                             \
            int4 sum = (int4)(downBias);                                                            \
            if (sourceStep == 1 && at + 4 <= tile.y)                                                \
            {                                                                                       \
                for (int tap = 0; tap < downTaps; tap++)                                            \
                {                                                                                   \
                    __global const S *from = source + sourceOffset                                  \
                        + (size_t)min(start + tap, sourceRows - 1) * sourcePitch + at;              \
                    const S##4 samples = aligned ? *(__global const S##4 *)from : vload4(0, from);  \
                    sum += (int)weights[tap] * (convert_int4(samples) >> sourceShift);              \
                }                                                                                   \
            }                                                                                       \
            else                                                                                    \
            {                                                                                       \
                const int last = tile.y - 1;                                                        \
                for (int tap = 0; tap < downTaps; tap++)                                            \
                {                                                                                   \
                    __global const S *from = source + sourceOffset                                  \
                        + (size_t)min(start + tap, sourceRows - 1) * sourcePitch;                   \
                    const int4 samples = (int4)(                                                    \
                        from[min(at, last) * sourceStep], from[min(at + 1, last) * sourceStep],     \
                        from[min(at + 2, last) * sourceStep], from[min(at + 3, last) * sourceStep]);\
                    sum += (int)weights[tap] * (samples >> sourceShift);                            \
                }                                                                                   \
            }                                                                                       \
                                                                                                    \
            vstore4(convert_short4_sat(sum >> downShift), 0, middle + row * span + (at - tile.x));  \
        }                                                                                           \
                                                                                                    \
        barrier(CLK_LOCAL_MEM_FENCE);                                                               \
                                                                                                    \
        /* Across: an item a sample. */                                                             \
        if (isRow && lane < tileColumns && x < targetColumns)                                       \
        {                                                                                           \
            const int start = acrossStarts[x];                                                      \
            const int last = sourceColumns - 1;                                                     \
            int sum = bias[(y & 7) * 8 + (x & 7)];                                                  \
            for (int tap = 0; tap < acrossTaps; tap++)                                              \
            {                                                                                       \
                sum += (int)acrossWeights[tap * targetColumns + x]                                  \
                    * (int)middle[row * span + min(start + tap, last) - tile.x];                    \
            }                                                                                       \
                                                                                                    \
            const int made = clamp(sum >> acrossShift, 0, largest);                                 \
            target[targetOffset + (size_t)y * targetPitch + x * targetStep] = (T)(made << targetShift); \
        }                                                                                           \
    }

SCALE(scale_8_8, uchar, uchar)
SCALE(scale_10_10, ushort, ushort)
SCALE(scale_10_8, ushort, uchar)
