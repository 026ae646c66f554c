namespace Transcode.Engine.Tuning.Vectors;

/// <summary>A machine's vectors, as bytes, words and ints. A vector is one, two or four lanes of 16 bytes.</summary>
/// <typeparam name="TVector">One type for all, so that going from one to the other costs nothing.</typeparam>
internal interface ILanes<TVector> : IBytes<TVector>, IWords<TVector>, IInts<TVector>
    where TVector : struct;
