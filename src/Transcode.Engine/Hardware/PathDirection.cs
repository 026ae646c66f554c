namespace Transcode.Engine.Hardware;

public enum PathDirection
{
    Encode,
    Decode,
}
