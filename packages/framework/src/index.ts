/** For people who write a `framework.js`: its types, a typed definition, and the linter. */
export { defineFramework } from "./define-framework.ts";
export type { FrameworkScript, FrameworkScriptConfig, FrameworkScriptSettings } from "./framework-script.ts";
export type { PureCloudActions } from "./pure-cloud.ts";
