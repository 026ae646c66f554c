using Transcode.Engine.Recipes;

namespace Appliance.Admission;

/// <summary>Remembers for a while what players were refused. Who asks for the same again and again does not step down for being
/// refused: it would only wait, and dash.js gives a film up after four attempts.</summary>
internal sealed class Refusals(TimeProvider time)
{
    /// <summary>Of the same segment in the same rung: shaka-player steps down after two, hls.js after the first.</summary>
    private const int Most = 2;

    /// <summary>Players try again within seconds.</summary>
    private static readonly TimeSpan Remembered = TimeSpan.FromSeconds(30);

    /// <summary>Where more are remembered, nothing else is refused until these are forgotten.</summary>
    private const int MostRemembered = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<(string Player, string Recipe, int Index), (int Count, DateTimeOffset At)> _refused = [];

    /// <summary>Whether a player may be refused a segment; where it may, it is taken to be.</summary>
    /// <param name="player">Its session, or where it speaks from.</param>
    /// <param name="recipe">The rung.</param>
    /// <param name="index">The segment.</param>
    public bool MayRefuse(string player, Recipe recipe, int index)
    {
        DateTimeOffset now = time.GetUtcNow();
        lock (_gate)
        {
            foreach (var (key, _) in _refused.Where(one => one.Value.At < now - Remembered).ToArray())
            {
                _refused.Remove(key);
            }

            int count = _refused.GetValueOrDefault((player, recipe.Id, index)).Count;
            if (count >= Most || (count == 0 && _refused.Count >= MostRemembered))
            {
                return false;
            }

            _refused[(player, recipe.Id, index)] = (count + 1, now);
            return true;
        }
    }
}
