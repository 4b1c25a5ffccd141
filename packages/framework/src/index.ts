/** For people who write a `framework.js`: its types, a typed definition, and the linter. */
export type { CallLog, ContactSearchResult, Interaction, UiScriptPolicy, UiScriptRules } from "@inlay/contract";
export { defineFramework } from "./define-framework.ts";
export type {
	ActionNews,
	CallbackNews,
	CobrowseStep,
	ConsultStep,
	FrameworkEvent,
	FrameworkEvents,
	FrameworkSubscription,
	InteractionEvents,
	MessagesOf,
	NotificationEvents,
	ScreenShareStep,
	UserActionEvents,
} from "./events.ts";
export type {
	CallLogEvent,
	FrameworkScript,
	FrameworkScriptConfig,
	FrameworkScriptSettings,
} from "./framework-script.ts";
export type {} from "./globals.ts";
export { guardTurns, type LineOf, turnGuards, withInsertions } from "./guards/guard-turns.ts";
export type { InlayApi } from "./inlay-api.ts";
export type {
	CallbackInteraction,
	CallInteraction,
	ChatInteraction,
	EmailInteraction,
	InteractionMedium,
	MediumInteraction,
	MessageInteraction,
} from "./interaction-media.ts";
export { mediumOf } from "./interaction-media.ts";
export { byLibrary, type LibraryFindings } from "./lint/by-library.ts";
export type { LintFinding, LintFix, LintOptions, LintOrganization, LintSwitches } from "./lint/finding.ts";
export { applyFixes, fixFrameworkScript } from "./lint/fix.ts";
export { type IsolationNeed, isolationNeeds } from "./lint/isolation-needs.ts";
export { lintFrameworkScript } from "./lint/lint.ts";
export { lintCodes, syntaxCodes } from "./lint/rules.ts";
export { scriptFailure } from "./lint/script-failure.ts";
export { type ReadSettings, shownSettings } from "./lint/shown-settings.ts";
export { wantsIsolation } from "./lint/wants-isolation.ts";
export type { PureCloudActions } from "./pure-cloud.ts";
