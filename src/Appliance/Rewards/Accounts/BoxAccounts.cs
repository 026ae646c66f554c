using System.Diagnostics.CodeAnalysis;
using Appliance.Problems;
using Appliance.Rewards.Log;
using Appliance.Rewards.Settings;
using Appliance.Storage;
using global::Rewards.Accounts;
using global::Rewards.Receipts;
using global::Rewards.Signing;

namespace Appliance.Rewards.Accounts;

/// <summary>The box's books and receipts, and what its owner decided about them. Where they cannot be opened the box plays on, and takes no orders:
/// nothing is ever made in place of what was lost.</summary>
internal sealed partial class BoxAccounts : IAsyncDisposable
{
    /// <summary>Signatures take a while to check, and a box shall start at once: an audit looks at all of them.</summary>
    private const int VerifiedAtStart = 500;

    private readonly PublicLog log;
    private readonly AccountBooks? books;
    private readonly ReceiptStore? receipts;
    private readonly RewardsSettings? settings;
    private volatile string? refusal;
    private volatile string? trouble;

    public BoxAccounts(DataFolder data, OwnersSettings owners, PublicLog log, TimeProvider time, ILogger<BoxAccounts> logger)
    {
        this.log = log;
        if (!log.IsOpen)
        {
            refusal = log.Refusal ?? "There is no log.";
            return;
        }

        try
        {
            settings = owners.Settings;
            Device = log.Keys.Device;
            Payee = settings.Payee ?? Device.Address;

            // Books are made before receipts, and receipts before the log has an entry: what is missing of these was there.
            RequireThere(data.Accounts, File.Exists(data.Receipts));
            books = AccountBooks.Open(data.Accounts, new() { Household = new HashSet<EthereumAddress>(settings.Household) { Device.Address, Payee } }, time);
            RequireThere(data.Receipts, log.Log.Size > 0);
            receipts = ReceiptStore.Open(data.Receipts, new() { VerifiedReceipts = VerifiedAtStart }, time);
        }
        catch (Exception exception) when (exception is AccountsException or ReceiptException or FormatException or IOException or UnauthorizedAccessException)
        {
            refusal = exception.Message;
            NotOpened(logger, exception);
        }
    }

    /// <summary>After something was entered or countersigned, on any thread.</summary>
    public event Action? Changed;

    [MemberNotNullWhen(true, nameof(books), nameof(receipts), nameof(settings), nameof(Device))]
    public bool IsOpen => books is not null && receipts is not null && settings is not null && Device is not null;

    /// <summary>Why there are no books, or none that go on, for the owner; null where all is well.</summary>
    public string? Refusal => refusal ?? trouble ?? log.Refusal;

    /// <summary>What is in the way of receipts and log just now, and may pass; null where nothing is.</summary>
    public string? Trouble
    {
        set => trouble = value;
    }

    /// <summary>Whether they do not go on until somebody looks at them.</summary>
    public bool IsStopped => refusal is not null;

    /// <summary>Signs for the box.</summary>
    public DeviceKey? Device { get; }

    /// <summary>Whose the earnings are.</summary>
    public EthereumAddress Payee { get; }

    /// <exception cref="RequestRefusedException">The books are not open.</exception>
    public AccountBooks Books => IsOpen ? books : throw Closed();

    /// <exception cref="RequestRefusedException">The books are not open.</exception>
    public ReceiptStore Receipts => IsOpen ? receipts : throw Closed();

    /// <exception cref="RequestRefusedException">The books are not open.</exception>
    public RewardsSettings Settings => IsOpen ? settings : throw Closed();

    /// <summary>They do not go on.</summary>
    public void Stop(string why) => refusal = why;

    /// <summary>Enters an order, and has it brought to the log.</summary>
    /// <exception cref="RequestRefusedException">The books are not open.</exception>
    /// <exception cref="AccountsException">They could not be written, as far as is known.</exception>
    public async Task<BookAnswer> EnterAsync(string key, BookOrder order, CancellationToken cancellationToken)
    {
        BookAnswer answer = await Books.EnterAsync(key, order, cancellationToken);
        Changed?.Invoke();
        return answer;
    }

    /// <summary>Something is different that those who follow should see.</summary>
    public void Tell() => Changed?.Invoke();

    public async ValueTask DisposeAsync()
    {
        if (receipts is not null)
        {
            await receipts.DisposeAsync();
        }

        if (books is not null)
        {
            await books.DisposeAsync();
        }
    }

    private static void RequireThere(string path, bool expected)
    {
        if (expected && !File.Exists(path))
        {
            throw new AccountsException($"{path} is missing, and what follows from it is there. Nothing was made in its place: restore it from a copy.");
        }
    }

    private static RequestRefusedException Closed() =>
        new(StatusCodes.Status503ServiceUnavailable, "This box keeps no books now, and takes no orders; its owner is told why.");

    [LoggerMessage(Level = LogLevel.Error, Message = "There are no books")]
    private static partial void NotOpened(ILogger logger, Exception exception);
}
