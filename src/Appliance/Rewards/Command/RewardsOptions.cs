using System.Globalization;
using Appliance.Startup;
using global::Rewards.Signing;

namespace Appliance.Rewards.Command;

/// <summary>What <c>rewards</c> was told.</summary>
/// <param name="Verb">Its words, as <c>epoch close</c>.</param>
/// <param name="Values">Options with a value, by their names.</param>
/// <param name="Arguments">What stands behind the verb.</param>
internal sealed record RewardsOptions(string Verb, IReadOnlyDictionary<string, string> Values, IReadOnlyList<string> Arguments)
{
    public const string Usage =
        """
        appliance rewards status                show how the box stands: what it earned, what can be claimed
        appliance rewards epoch close           close an epoch over all that was earned, and publish its claims
        appliance rewards epoch publish         write the last epoch to the contract
        appliance rewards claims                print the last epoch's claims, or those of --epoch N
        appliance rewards claim                 have the contract pay what the last epoch says
        appliance rewards audit FILE|URL        derive everything anew, from the log to the claims, and say what first does not add up
        appliance rewards verify ORDER          look at what a box made for an order, and write signed verdicts
        appliance rewards standing [FILE...]    what verdicts say of boxes              (default verdicts.jsonl)
        appliance rewards deploy                make the contract that pays
        appliance rewards hand-over device|log  put a new key in the place of one of a box's (--data) that does not run, signed by both
        appliance rewards go-on                 let the books of a restored box (--data) go on; its witnesses are asked whether something came after the backup
        appliance rewards begin-anew            put keys and books of a restored box (--data) aside, for the next start to make others
        appliance rewards witness               cosign the logs of other boxes, as long as they continue what was cosigned

          --url URL              the box                                              (default http://127.0.0.1:8080)
          --token KEY            an API key of it, with the owner's scope             (default $APPLIANCE_TOKEN)
          --epoch N              which epoch                                          (default the last)
          --log-key VKEY         audit, verify: the log's key, as known from elsewhere (default the one that the box gives, which shows less)
          --source FILE          verify: what the order's work was made of
          --renditions NAMES     verify: what was ordered, as 720p,960x540-1800k      (default what the box says was)
          --key FILE             verify: whose verdicts they are, 64 hexadecimal digits (default the box's own in --data)
          --verdicts FILE        verify: where they are kept                          (default verdicts.jsonl)
          --pieces N|all         verify: how many pieces are looked at, drawn by lot  (default 10)
          --frames N             verify: how many pictures of each                    (default 3)
          --tuning CHOICE        verify: what the box does to pictures                (default auto, as a box's)
          --tone-map CHOICE      verify: how the box shows HDR in the standard range  (default auto, as a box's)
          --countersign          verify: sign the receipts of what is as it should be; --key is the requester's then
          --unasked              go-on: without asking witnesses that cannot be reached
          --rpc URL              a node of the chain: epoch publish, claim, deploy
          --data DIR             where the keys of the box are                        (default as the appliance's own)
          --payer FILE           another key that signs them and pays for them, 64 hexadecimal digits
          --paid-token ADDRESS   deploy: what the contract pays with
          --cap AMOUNT           deploy: the most it pays in an epoch, in the token's smallest unit
          --epoch-seconds N      deploy: the least length of an epoch                 (default 86400)
          --listen ADDRESS:PORT  witness: where it is asked; port 0 takes a free one
          --log VKEY             witness: a log's key, the line of its /v1/log/key; may be given up to 100 times
          --state DIR            witness: what it cosigned. It goes with the key: back up both, and never one without the other
          --key FILE             witness: its key; made where there is neither key nor state

        Exit status: 0 done, and the audit found nothing; 1 it could not go on, or the audit found something; 2 the command line makes no sense; 130 interrupted.
        """;

    private static readonly string[] Names =
        ["--url", "--token", "--epoch", "--log-key", "--rpc", "--data", "--payer", "--paid-token", "--cap", "--epoch-seconds", "--source", "--renditions", "--key", "--verdicts", "--pieces", "--frames", "--tuning", "--tone-map", "--listen", "--log", "--state"];

    /// <summary>Options that may be given more than once; their values are kept a line each.</summary>
    private static readonly string[] Repeated = ["--log"];

    /// <summary>Options without a value.</summary>
    private static readonly string[] Switches = ["--countersign", "--unasked"];

    private static readonly string[] Verbs = ["status", "epoch close", "epoch publish", "claims", "claim", "audit", "verify", "standing", "deploy", "hand-over", "go-on", "begin-anew", "witness"];

    /// <summary>The first of what stands behind the verb; null where nothing does.</summary>
    public string? Argument => Arguments.Count > 0 ? Arguments[0] : null;

    /// <summary>Where the box keeps what is its own.</summary>
    public string DataFolder => CommandLine.DataFolder(Values.GetValueOrDefault("--data"), Environment.GetEnvironmentVariable);

    /// <returns>Null where help is asked for.</returns>
    /// <exception cref="UsageException">The arguments make no sense; the message is one line for a person.</exception>
    public static RewardsOptions? Parse(IReadOnlyList<string> arguments)
    {
        List<string> words = [];
        var values = new Dictionary<string, string>();
        for (int i = 0; i < arguments.Count; i++)
        {
            string argument = arguments[i];
            if (argument is "--help" or "-h")
            {
                return null;
            }

            if (!argument.StartsWith("--", StringComparison.Ordinal))
            {
                words.Add(argument);
                continue;
            }

            if (Switches.Contains(argument))
            {
                values[argument] = "";
                continue;
            }

            (string name, string? inline) = argument.Split('=', 2) is [var left, var right] ? (left, right) : (argument, null);
            if (!Names.Contains(name))
            {
                throw new UsageException($"Unknown option {name}. rewards --help lists what there is.");
            }

            string value = inline ?? (++i < arguments.Count ? arguments[i] : "");
            value = value.Length > 0 ? value : throw new UsageException($"{name} wants a value.");
            values[name] = Repeated.Contains(name) && values.TryGetValue(name, out string? before) ? $"{before}\n{value}" : value;
        }

        if (words.Count == 0)
        {
            return null;
        }

        string? verb = Verbs.FirstOrDefault(verb => verb.Split(' ').SequenceEqual(words.Take(verb.Split(' ').Length)));
        int length = verb?.Split(' ').Length ?? 0;
        return verb is null ? throw new UsageException($"There is no rewards {string.Join(' ', words)}. rewards --help lists what there is.")
            : words.Count - length > (verb switch { "audit" or "verify" or "hand-over" => 1, "standing" => int.MaxValue, _ => 0 }) ? throw new UsageException($"rewards {verb} does not take {words[^1]}.")
            : new(verb, values, words[length..]);
    }

    /// <summary>Whether a switch was given.</summary>
    public bool Has(string name) => Values.ContainsKey(name);

    public string Required(string name) => Values.GetValueOrDefault(name) ?? throw new UsageException($"rewards {Verb} wants {name}.");

    /// <summary>The values of an option that may be given more than once.</summary>
    public IReadOnlyList<string> All(string name) => Required(name).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    public long? Number(string name) =>
        !Values.TryGetValue(name, out string? text) ? null
        : long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long number) && number > 0 ? number
        : throw new UsageException($"{name} wants a number from 1 on, not {text}.");

    public Uri Address(string name, string? otherwise) =>
        Uri.TryCreate(Values.GetValueOrDefault(name) ?? otherwise ?? Required(name), UriKind.Absolute, out Uri? uri) && uri.Scheme is "http" or "https"
            ? uri
            : throw new UsageException($"{name} wants an address that begins with http:// or https://.");

    public EthereumAddress Account(string name) =>
        EthereumAddress.TryParse(Required(name), out EthereumAddress address) ? address : throw new UsageException($"{name} wants 0x and 40 hexadecimal digits.");
}
