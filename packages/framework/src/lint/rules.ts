/** Every rule. A new one gets a paragraph in docs/framework-lint.md and a script in `corpus/faulty`. */
import type { Rule } from "./rule.ts";
import { idleAction, unknownAction, wrongArgument, wrongSubscription } from "./rules/actions.ts";
import { callLogUnanswered, contactsUnanswered, rejectionUnanswered } from "./rules/answers.ts";
import { attributeCase, attributeNotListed } from "./rules/attributes.ts";
import { callbackNoFunction, callLogMissing, contactSearchMissing } from "./rules/callbacks.ts";
import { duplicateKeys, misplacedCallbacks, misspeltKeys, requiredKeys, unknownSettings } from "./rules/config-keys.ts";
import { configReadingRules } from "./rules/config-reading.ts";
import { functionFramework, lexicalFramework, missingFramework } from "./rules/declaration.ts";
import { detachedMethod } from "./rules/detached-methods.ts";
import { unknownRequest, wrongRequest } from "./rules/inlay-requests.ts";
import { anyTarget, noTarget } from "./rules/messages.ts";
import { forbiddenAction, forbiddenRequest, unfilledTemplate, unknownClient } from "./rules/organization.ts";
import { invertedOrigin, uncheckedOrigin, weakOrigin } from "./rules/origins.ts";
import { unknownKey } from "./rules/payload-keys.ts";
import { flatChange } from "./rules/payloads.ts";
import { reviewAttributes, reviewRegions } from "./rules/review.ts";
import { loadsScript, withoutIntegrity } from "./rules/script-loading.ts";
import { arrowCallback, innerFunction } from "./rules/this-traps.ts";
import { postedToken } from "./rules/token.ts";
import { unknownName } from "./rules/unknown-names.ts";
import { isolatedLack, pageNameMissing } from "./rules/where-it-runs.ts";

/** What keeps a script from being read at all; no other rule is asked then. */
export const syntaxCodes = { syntax: "script.syntax", module: "script.is.module" } as const;

export const rules: readonly Rule[] = [
	missingFramework,
	lexicalFramework,
	functionFramework,
	callbackNoFunction,
	misplacedCallbacks,
	callLogMissing,
	contactSearchMissing,
	callLogUnanswered,
	contactsUnanswered,
	rejectionUnanswered,
	misspeltKeys,
	unknownSettings,
	duplicateKeys,
	requiredKeys,
	...configReadingRules,
	anyTarget,
	noTarget,
	uncheckedOrigin,
	weakOrigin,
	invertedOrigin,
	postedToken,
	withoutIntegrity,
	loadsScript,
	detachedMethod,
	arrowCallback,
	innerFunction,
	unknownAction,
	idleAction,
	wrongArgument,
	wrongSubscription,
	unknownRequest,
	wrongRequest,
	flatChange,
	unknownKey,
	attributeCase,
	attributeNotListed,
	unknownName,
	unfilledTemplate,
	isolatedLack,
	pageNameMissing,
	unknownClient,
	forbiddenAction,
	forbiddenRequest,
	reviewAttributes,
	reviewRegions,
];

/** Every code that a finding may have. */
export const lintCodes: readonly string[] = [...Object.values(syntaxCodes), ...rules.map(({ code }) => code)];
