import Foundation
import PackagePlugin

/// Writes the commit of the source tree into the program, before each build.
///
/// The file is written only when it changes, so that a build at the same commit compiles nothing
/// anew. Outside a git tree, or without git, the commit is `unknown`.
@main struct CommitStamp: BuildToolPlugin {
  func createBuildCommands(context: PluginContext, target: any Target) -> [Command] {
    let output = context.pluginWorkDirectoryURL.appending(path: "Stamp")
    return [
      .prebuildCommand(
        displayName: "Commit of the source tree", executable: URL(filePath: "/bin/sh"),
        arguments: [
          "-c", Self.script, "sh", context.package.directoryURL.path(percentEncoded: false),
          output.path(percentEncoded: false),
        ],
        outputFilesDirectory: output)
    ]
  }

  /// The tree may belong to another user than the one who builds, which git asks to be told.
  private static let script = """
    commit=unknown
    if [ -e "$1/.git" ]; then
      commit=$(git -c safe.directory='*' -C "$1" describe --always --abbrev=40 --dirty \
        --exclude='*' 2>/dev/null) || commit=unknown
    fi
    text="extension Build {
      /// The commit that it was built from, with -dirty when the tree differed from it.
      static let commit = \\"$commit\\"
    }"
    mkdir -p "$2"
    [ "$(cat "$2/Build+Commit.swift" 2>/dev/null)" = "$text" ] ||
      printf '%s\\n' "$text" > "$2/Build+Commit.swift"
    """
}
