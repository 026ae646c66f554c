using System.Security.Cryptography;
using Microsoft.Win32.SafeHandles;

namespace Appliance.Uploads;

/// <summary>How taking a piece ended.</summary>
internal enum UploadEnd
{
    /// <summary>All of it is sure.</summary>
    Taken,

    /// <summary>The sender left in the middle; what came is sure.</summary>
    BrokenOff,

    /// <summary>It is longer than what was missing; nothing of it was kept.</summary>
    TooLong,

    /// <summary>It is not what its checksum says; nothing of it was kept.</summary>
    Mismatch,
}

/// <summary>Takes a piece of an upload from the body of a request.</summary>
internal static class UploadBody
{
    private const int BufferBytes = 256 << 10;

    /// <summary>Bytes after which a piece is made sure in between: so much a crash costs at most.</summary>
    private const long SecureEvery = 32L << 20;

    /// <param name="upload">Which nobody else writes.</param>
    /// <param name="body">Its next bytes.</param>
    /// <param name="checksum">Of the piece; null where none was given.</param>
    /// <param name="time">What tells when it changed.</param>
    /// <param name="cancellationToken">The sender left.</param>
    /// <exception cref="IOException">The disk is full or gone; what was sure before still is.</exception>
    /// <exception cref="BadHttpRequestException">The body is no body, or too slow; what came is sure.</exception>
    public static async Task<UploadEnd> TakeAsync(Upload upload, Stream body, UploadChecksum? checksum, TimeProvider time, CancellationToken cancellationToken)
    {
        using SafeFileHandle film = upload.OpenFilm();
        using IncrementalHash? hash = checksum is null ? null : IncrementalHash.CreateHash(checksum.Algorithm);
        byte[] buffer = new byte[BufferBytes];
        long at = upload.Offset;
        try
        {
            while (true)
            {
                int read = await ReadAsync(body, buffer, cancellationToken);
                if (read == 0)
                {
                    break;
                }

                if (at + read > upload.Record.Length)
                {
                    at = upload.Offset;
                    return UploadEnd.TooLong;
                }

                await RandomAccess.WriteAsync(film, buffer.AsMemory(0, read), at, CancellationToken.None);
                hash?.AppendData(buffer, 0, read);
                at += read;
                if (hash is null && at - upload.Offset >= SecureEvery)
                {
                    upload.Secure(film, at, time.GetUtcNow());
                }
            }

            if (hash is not null && !CryptographicOperations.FixedTimeEquals(hash.GetHashAndReset(), checksum!.Value))
            {
                at = upload.Offset;
                return UploadEnd.Mismatch;
            }

            return UploadEnd.Taken;
        }
        catch (SenderLeftException)
        {
            // A part of what a checksum covers cannot be checked.
            at = hash is null ? at : upload.Offset;
            return UploadEnd.BrokenOff;
        }
        catch (BadHttpRequestException)
        {
            at = hash is null ? at : upload.Offset;
            throw;
        }
        catch
        {
            // The disk: what is sure is not touched.
            at = upload.Offset;
            throw;
        }
        finally
        {
            if (at > upload.Offset)
            {
                upload.Secure(film, at, time.GetUtcNow());
            }
        }
    }

    private static async Task<int> ReadAsync(Stream body, byte[] buffer, CancellationToken cancellationToken)
    {
        try
        {
            return await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, cancellationToken);
        }
        catch (BadHttpRequestException)
        {
            throw;
        }
        catch (Exception exception) when (exception is OperationCanceledException or IOException)
        {
            throw new SenderLeftException(exception);
        }
    }

    private sealed class SenderLeftException(Exception inner) : Exception(inner.Message, inner);
}
