/** For people who write a `framework.js`: its types, a typed definition, and the linter. */
export { defineFramework } from "./define-framework.ts";
export type { FrameworkScript, FrameworkScriptConfig, FrameworkScriptSettings } from "./framework-script.ts";
export type { LintOptions, SyntaxFailure } from "./lint/lint.ts";
export { lintConfig, lintFrameworkScript } from "./lint/lint.ts";
export type { PureCloudActions } from "./pure-cloud.ts";
