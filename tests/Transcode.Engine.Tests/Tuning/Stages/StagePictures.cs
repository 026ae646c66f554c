using Transcode.Engine.Interop.LibAv;
using Transcode.Engine.Tests.Tuning.Layouts;
using Transcode.Engine.Tuning.Layouts;

namespace Transcode.Engine.Tests.Tuning.Stages;

/// <summary>Pictures as a decoder gives them, each another.</summary>
internal static class StagePictures
{
    public static AvFrame Picture(PixelLayout layout, int width, int height, int number)
    {
        var picture = new AvFrame { Width = width, Height = height, Format = AvUtil.av_get_pix_fmt(layout.Name), Pts = number };
        picture.Allocate();
        TestPicture.Noise(layout, width, height, tight: true, number).View.CopyTo(new(picture, layout));
        return picture;
    }

    public static byte[] Packed(AvFrame picture, PixelLayout layout)
    {
        TestPicture packed = TestPicture.Empty(layout, picture.Width, picture.Height, tight: true);
        new PictureView(picture, layout).CopyTo(packed.View);
        return packed.Packed();
    }
}
