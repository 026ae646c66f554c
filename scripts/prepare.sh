# Sourced by run and test: what both need done before the product can be built and started.
# $house is the repository's root. Nothing here runs twice without need.

export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1
PATH=$PATH:/usr/sbin:/sbin
configuration=Release # one build output for both commands: what is tested is what runs
apphost=$house/src/Appliance/bin/$configuration/net10.0/Appliance
artifacts=$house/artifacts

fail() { # MESSAGE
  printf '%s\n' "$1" >&2
  exit 1
}

# step LABEL COMMAND…: one line while it works, then the seconds it took. The command's output is kept aside; when it
# fails, the end of it is shown and the status is the command's.
step() {
  local label=$1 started=$SECONDS ticker='' status=0 log
  shift
  mkdir -p "$artifacts"
  log=$artifacts/${label//[^A-Za-z0-9]/_}.log
  printf '%s…' "$label" >&2
  if [ -t 2 ]; then
    (trap 'exit 0' TERM; while sleep 1; do printf '\r%s…  %d s' "$label" $((SECONDS - started)) >&2; done) &
    ticker=$!
  fi
  "$@" >"$log" 2>&1 </dev/null || status=$?
  if [ -n "$ticker" ]; then
    kill "$ticker" 2>/dev/null || true
    wait "$ticker" 2>/dev/null || true
    printf '\r%s…' "$label" >&2
  fi
  if [ "$status" -eq 0 ]; then
    printf '  %d s\n' $((SECONDS - started)) >&2
    rm -f "$log"
  else
    printf '  failed\n' >&2
    tail -n 25 "$log" | sed 's/^/  | /' >&2
  fi
  return "$status"
}

# May this be done as root? Where sudo wants a password it is asked for here, before a step hides what is printed.
can_be_root() {
  [ "$(id -u)" -eq 0 ] && return
  command -v sudo >/dev/null || return
  sudo -n true 2>/dev/null || { [ -t 0 ] && [ -t 2 ] && sudo -v; }
}

apt_get() {
  local as_root=()
  [ "$(id -u)" -eq 0 ] || as_root=(sudo -n)
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -y -qq --no-install-recommends "$@"
}

# Would apt install these as things are? Anybody may ask.
apt_knows() { # PACKAGE…
  apt-get -qq --simulate --no-install-recommends install "$@" >/dev/null 2>&1
}

# The package lists are fetched only when what is known now does not do.
apt_install() { # PACKAGE…
  if apt_knows "$@" && apt_get install "$@"; then return; fi
  apt_get update || true # one feed out of reach is no reason not to try the others
  apt_get install "$@"
}

# apt_step LABEL COMMAND…: a step that needs apt and root; where it may not have them, it does not begin.
apt_step() {
  local label=$1
  shift
  if ! command -v apt-get >/dev/null; then
    printf '%s is missing, and there is no apt-get here to install it.\n' "$label" >&2
  elif ! can_be_root; then
    printf '%s is missing, and installing it needs root: sudo is not there, or did not let you.\n' "$label" >&2
  else
    step "Installing $label (apt)" "$@"
    return
  fi
  return 1
}

# libav: one family of sonames as a whole, never library by library. Rows: avutil avcodec avformat avfilter swscale swresample.
# Only families the engine has a layout of, newest first, as it looks for them; FFmpeg 6 is not among them.
libav_families=("61 63 63 12 10 7" "60 62 62 11 9 6" "59 61 61 10 8 5" "57 59 59 8 6 4")
libav_names=(avutil avcodec avformat avfilter swscale swresample)

libav_is_there() {
  local known row versions i
  known=$(ldconfig -p 2>/dev/null) || known=''
  for row in "${libav_families[@]}"; do
    read -ra versions <<<"$row"
    for i in "${!libav_names[@]}"; do
      [[ $known == *"lib${libav_names[i]}.so.${versions[i]} "* ]] || continue 2
    done
    return 0
  done
  return 1
}

# The packages of the first family that apt would install; none where it knows no family.
libav_packages() {
  local row versions i packages
  for row in "${libav_families[@]}"; do
    read -ra versions <<<"$row"
    packages=()
    for i in "${!libav_names[@]}"; do packages+=("lib${libav_names[i]}${versions[i]}"); done
    if apt_knows "${packages[@]}"; then
      printf '%s ' "${packages[@]}"
      return
    fi
  done
}

install_known_libav() {
  local packages
  read -ra packages <<<"$(libav_packages)"
  [ ${#packages[@]} -gt 0 ] || { echo "apt knows no package of these libraries."; return 1; }
  apt_get install "${packages[@]}"
}

# As apt_install, but which packages there are may change with the lists.
install_libav() {
  if [ -n "$(libav_packages)" ] && install_known_libav; then return; fi
  apt_get update || true
  install_known_libav
}

need_libav() {
  libav_is_there || apt_step "libav" install_libav || fail "\
The FFmpeg libraries are needed: libavutil, libavcodec, libavformat, libavfilter, libswscale and libswresample of FFmpeg 5, 7, 8 or 9.
Install them, then try again. On Debian 12, as root: apt-get update && apt-get install \
libavutil57 libavcodec59 libavformat59 libavfilter8 libswscale6 libswresample4"
}

# libsecp256k1: the versions Rewards can load, newest first, each with Debian's package of it.
secp256k1_versions=("6 libsecp256k1-6" "2 libsecp256k1-2" "1 libsecp256k1-1")

secp256k1_is_there() {
  local known version
  known=$(ldconfig -p 2>/dev/null) || known=''
  for version in "${secp256k1_versions[@]}"; do
    [[ $known == *"libsecp256k1.so.${version%% *} "* ]] && return
  done
  return 1
}

install_known_secp256k1() {
  local version
  for version in "${secp256k1_versions[@]}"; do
    if apt_knows "${version##* }"; then
      apt_get install "${version##* }"
      return
    fi
  done
  echo "apt knows no package of this library."
  return 1
}

install_secp256k1() {
  install_known_secp256k1 && return
  apt_get update || true
  install_known_secp256k1
}

need_secp256k1() {
  secp256k1_is_there || apt_step "libsecp256k1" install_secp256k1 || fail "\
The library libsecp256k1 is needed: receipts of work are signed with it. Install it, then try again.
On Debian 12, as root: apt-get update && apt-get install libsecp256k1-1"
}

need_npm() {
  command -v npm >/dev/null || apt_step "Node.js" apt_install nodejs npm || fail "\
Node.js 20 or later with npm is needed: the web page is built with it. Install it, then try again."
}

need_dotnet() {
  command -v dotnet >/dev/null && dotnet --list-sdks | grep -q '^10\.' || fail \
    "The .NET 10 SDK is missing. Install it so that 'dotnet --list-sdks' shows a line that begins with 10, then try again."
}

# What the build reads, by name, size and time: when this is what it was, so is what was built.
inputs_digest() {
  (cd "$house" && find src scripts/ahead hardware-profiles Directory.Build.props Directory.Packages.props global.json .editorconfig \
    -type d \( -name bin -o -name obj -o -name node_modules -o -name wwwroot \) -prune -o -type f -printf '%p %s %T@\n' |
    LC_ALL=C sort | sha256sum)
}

# As it was built, not compiled ahead for the tests since.
is_ordinary() {
  is_built && [ ! -e "$artifacts/compiled-ahead" ]
}

is_built() {
  [ -x "$apphost" ] && [ -f "$artifacts/built" ] && [ "$(<"$artifacts/built")" = "$(inputs_digest)" ]
}

# One compiler for all projects of a build: what the rules are checked by is compiled anew in every process. It is nobody else's, and is not left behind, however the
# build ends: a small box has better use for its memory. Where nothing can end it any more, it goes by itself after ten minutes.
dotnet_build() ( # PROJECT|SOLUTION
  compiler=appliance-$$-$RANDOM sdk=$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk/$(cd "$house" && dotnet --version)
  trap 'dotnet exec "$sdk/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$compiler" -shutdown >/dev/null 9>&- || true' EXIT
  trap 'kill "$build" 2>/dev/null; exit 143' TERM
  trap 'kill "$build" 2>/dev/null; exit 130' INT
  DOTNET_TieredPGO=0 dotnet build "$house/$1" -c "$configuration" --nologo -v q -clp:NoSummary --no-restore -nodeReuse:false \
    -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" 9>&- &
  build=$!
  wait "$build"
)

build() { # PROJECT|SOLUTION
  local compiler=appliance-$$ status=0
  DOTNET_TieredPGO=0 dotnet build "$house/$1" -c "$configuration" --nologo -v q -clp:NoSummary --no-restore -nodeReuse:false \
    -p:UseSharedCompilation=true -p:SharedCompilationId="$compiler" 9>&- || status=$?
  dotnet exec "$(dirname "$(readlink -f "$(command -v dotnet)")")/sdk/$(cd "$house" && dotnet --version)/Roslyn/bincore/VBCSCompiler.dll" "-pipename:$compiler" -shutdown 9>&- || true
  return $status
}

build() { # PROJECT|SOLUTION
  local digest
  need_dotnet
  need_npm
  mkdir -p "$artifacts"
  exec 9>"$artifacts/building"
  flock 9
  digest=$(inputs_digest)
  rm -f "$artifacts/built" "$artifacts/compiled-ahead"
  step "Fetching packages (NuGet)" dotnet restore "$house/$1" -v q -nodeReuse:false || fail \
    "The packages could not be fetched. Check the network and the package feed, then try again."
  step "Building" dotnet_build "$1" || fail "The build failed: the lines above say where."
  printf '%s' "$digest" >"$artifacts/built"
  exec 9>&-
}

# The release: one program, which needs no .NET on the machine. It is made anew where anything it is made of changed.
release_program=$artifacts/release/Appliance

is_released() {
  [ -x "$release_program" ] && [ -f "$artifacts/released" ] && [ "$(<"$artifacts/released")" = "$(inputs_digest)" ]
}

dotnet_publish() {
  dotnet publish "$house/src/Appliance/Appliance.csproj" -p:PublishProfile=Release -o "$artifacts/release" --nologo -v q -nodeReuse:false \
    -p:UseSharedCompilation=false 9>&-
}

release() {
  local digest
  need_dotnet
  need_npm
  mkdir -p "$artifacts"
  exec 9>"$artifacts/building"
  flock 9
  digest=$(inputs_digest)
  # Publishing looks at what it compiled ahead before by its time alone: another profile's would be taken for this one's.
  rm -rf "$artifacts/released" "$artifacts/release" "$house/src/Appliance/obj/Release/net10.0/linux-x64"
  step "Making the release" dotnet_publish || fail "The release cannot be made: the lines above say where."
  printf '%s' "$digest" >"$artifacts/released"
  exec 9>&-
}

# The apphost looks for .NET in its usual places only.
if [ -z "${DOTNET_ROOT:-}" ] && command -v dotnet >/dev/null; then
  DOTNET_ROOT=$(dirname "$(readlink -f "$(command -v dotnet)")")
  export DOTNET_ROOT
fi
