/** For people who write a `framework.js`: its types, a typed definition, and the linter. */
export { defineFramework } from "./define-framework.ts";
export type { FrameworkScript, FrameworkScriptConfig, FrameworkScriptSettings } from "./framework-script.ts";
export type { InlayApi } from "./inlay-api.ts";
export type { LintFinding, LintFix, LintOptions, LintOrganization } from "./lint/finding.ts";
export { applyFixes } from "./lint/fix.ts";
export { lintFrameworkScript } from "./lint/lint.ts";
export { lintCodes } from "./lint/rules.ts";
export type { PureCloudActions } from "./pure-cloud.ts";
