# Sourced by test, after prepare.sh: compiles ahead what was built, each assembly by itself and whole. Tests start hundreds of boxes and workers, and each would
# compile itself first, which costs a box that makes a few segments a good part of its time.

# Only what the tests start or are; the packages beside them hardly run.
ahead_of() {
  ls "$house"/src/Appliance/bin/"$configuration"/net10.0/*.dll "$house"/src/Transcode.Engine/bin/"$configuration"/net10.0/Transcode.Engine.dll \
    "$house"/tests/*/bin/"$configuration"/net10.0/{Appliance,Rewards,Transcode,xunit.v3}*.dll 2>/dev/null
}

compile_one() { # DIGEST FILE
  local made=$kept/$1.dll
  [ -e "$made" ] && return
  # Where it cannot be compiled, as what is compiled already, it stays as it is.
  if "$crossgen" "$2" -o "$made.part" --targetos:linux --targetarch:x64 -O -r "$framework/Microsoft.NETCore.App/$runtime/*.dll" \
    -r "$framework/Microsoft.AspNetCore.App/$runtime/*.dll" -r "$(dirname "$2")/*.dll" >"$kept/$1.log" 2>&1; then
    mv "$made.part" "$made" && rm "$kept/$1.log"
  fi
}

# In a shell of its own: nothing of this is in the environment of the tests.
compile_ahead() (
  # The compiler is fetched for these alone; elsewhere the tests run as it was built.
  [ "$(uname -m)" = x86_64 ] || return 0
  crossgen=$(dotnet msbuild "$house/scripts/compile-ahead.proj" -restore -nologo -v:m -t:Where -nodeReuse:false | sed -n '$s/^ *//p')
  framework=$DOTNET_ROOT/shared
  runtime=$(dotnet --list-runtimes | sed -n 's/^Microsoft\.NETCore\.App \(10\.[^ ]*\) .*/\1/p' | sort -V | tail -1)
  [ -x "$crossgen" ] && [ -d "$framework/Microsoft.AspNetCore.App/$runtime" ] || return
  # What was compiled is kept by the digest of what it was compiled of, for as long as compiler, framework and this script are the same.
  kept=$artifacts/ahead/$(cat "$house/scripts/compile-ahead.sh" <(printf '%s' "$crossgen $runtime") | sha256sum | cut -c1-16)
  mkdir -p "$kept"
  find "$artifacts/ahead" -mindepth 1 -maxdepth 1 ! -name obj ! -path "$kept" -exec rm -rf {} +
  find "$kept" -type f -mtime +7 -delete
  export crossgen framework runtime kept
  export -f compile_one
  # The largest first; what lies in several folders once.
  files=$(ahead_of | xargs -d '\n' ls -S | xargs -d '\n' sha256sum)
  awk '!seen[$1]++ { print $1; print substr($0, 67) }' <<<"$files" | xargs -d '\n' -P "$(nproc)" -n 2 bash -c 'compile_one "$0" "$1"'
  compiled=0
  # From here on it is not what the build makes, also if this is ended halfway: whoever wants that builds first, which puts it back.
  touch "$artifacts/compiled-ahead"
  while read -r digest file; do
    [ -e "$kept/$digest.dll" ] || continue
    touch "$kept/$digest.dll"
    cp "$kept/$digest.dll" "$file.ahead" && mv "$file.ahead" "$file" || return
    compiled=$((compiled + 1))
  done <<<"$files"
  [ "$compiled" -gt 0 ]
)
