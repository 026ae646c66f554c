using System.Globalization;
using System.Text;
using Appliance.Problems;
using Appliance.Rewards.Log;
using global::Rewards.Entries;
using global::Rewards.Metering;

namespace Appliance.Rewards.Accounts;

/// <summary>What shows that a record is in the log.</summary>
internal sealed class RecordProofs(PublicLog log, BoxAccounts accounts, WorkLedger ledger)
{
    /// <summary>As one text file (c2sp.org/tlog-proof), the record and its salt in it.</summary>
    /// <param name="number">Of the record, 1 or more.</param>
    /// <param name="cancellationToken">Ends the wait for ledger and receipts.</param>
    public async Task<IResult> AnswerAsync(long number, CancellationToken cancellationToken)
    {
        if (!log.IsOpen || !accounts.IsOpen)
        {
            return Problem.Of(StatusCodes.Status503ServiceUnavailable, accounts.Refusal ?? "There is no log.");
        }

        return await ledger.ReadAsync(number - 1, 1, cancellationToken) is not [var record] ? Problem.NotFound($"There is no record {number}.")
            : await accounts.Receipts.IndexOfAsync(number, cancellationToken) is not { } index ? Problem.Of(StatusCodes.Status503ServiceUnavailable, "The record is not in the log yet.")
            : Results.File(
                Encoding.UTF8.GetBytes(log.Log.Prove(index, WorkEntry.Opening(record, log.Salts.Of(number))).ToString()),
                LogEndpoints.Text,
                string.Create(CultureInfo.InvariantCulture, $"record-{number}.tlog-proof"));
    }
}
