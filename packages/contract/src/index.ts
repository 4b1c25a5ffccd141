export type {
	AccessAnswer,
	BootAnswer,
	BootDeployment,
	BootProblem,
	BootScript,
	ChoicesAnswer,
	PageBoot,
	RightsNotice,
	SessionTimes,
	SigninAnswer,
} from "./boot.ts";
export { deploymentTopic, pageBootId, rightsTopic } from "./boot.ts";
export type {
	CallQualityFigures,
	CallQualityView,
	MeasuredCall,
	SoundFault,
	SoundFigures,
} from "./call-quality.ts";
export { soundFaults, soundFaultsOf } from "./call-quality.ts";
export type {
	CallbackAttempt,
	CallbackState,
	CallbackView,
	CallingRules,
	ExpectedCallback,
	NotDialed,
} from "./callbacks.ts";
export { callbackStates, callbacksTopic } from "./callbacks.ts";
export type { CallFailure, CallOutcome, EndedCall, Interruption } from "./conversations/outcome.ts";
export { callFailureCodes, failureOf, interruptionCodes, interruptionOf, outcomeOf } from "./conversations/outcome.ts";
export type { DeskEntryView, DeskLeaderView, DeskNotice, DeskView } from "./desk.ts";
export { deskSections, deskTopic } from "./desk.ts";
export type {
	AddAssociationRequest,
	AttributeMap,
	AudioConfiguration,
	ClickToDialRequest,
	CustomAttributesRequest,
	NotifyUserRequest,
	SetViewRequest,
	SubscriptionRequest,
	Transcript,
	TransferContextRequest,
	UpdateStateRequest,
	UpdateStatusRequest,
} from "./framework/actions.ts";
export type {
	Association,
	AssociationType,
	CallLog,
	ContactSearchResult,
	ExternalId,
} from "./framework/call-log.ts";
export { clientIdCandidates } from "./framework/client-ids.ts";
export type {
	FrameworkConfig,
	FrameworkSettings,
	FrameworkTheme,
	LanguageAsker,
	ThemeColours,
} from "./framework/config.ts";
export { defaultFrameworkConfig, defaultFrameworkSettings } from "./framework/config.ts";
export type {
	InlayRequestFailure,
	InlayRequestName,
	InlayRequestOptions,
	InlayRequests,
	PartyTarget,
} from "./framework/inlay-requests.ts";
export type { Interaction, InteractionChange, InteractionMessage, InteractionState } from "./framework/interaction.ts";
export { INTERACTION_KEYS, orderInteraction } from "./framework/interaction.ts";
export { mayWantIsolation } from "./framework/may-want-isolation.ts";
export type {
	AudioMedium,
	CallControl,
	CallLogEventName,
	InHandAs,
	InteractionCategory,
	NoticeType,
	NotificationCategory,
	SearchTarget,
	SecureSessionAs,
	StateAction,
	StatusName,
	SubscriptionType,
	ToldCategory,
	UserActionCategory,
	ViewName,
} from "./framework/names.ts";
export {
	AUDIO_MEDIA,
	CALL_CONTROLS,
	CATEGORIES_BY_NAME_ONLY,
	foldName,
	hearsCategory,
	IN_HAND_AS,
	INTERACTION_CATEGORIES,
	INTERACTION_EXTENSIONS,
	matchName,
	NOTICE_TYPES,
	NOTIFICATION_CATEGORIES,
	SEARCH_TARGETS,
	SECURE_SESSION_AS,
	STATE_ACTIONS,
	STATUS_NAMES,
	SUBSCRIPTION_TYPES,
	UNCONFIRMED_CATEGORIES,
	USER_ACTION_CATEGORIES,
	VIEW_NAMES,
	WEB_MESSAGES_AS,
} from "./framework/names.ts";
export type { FrameworkProblem, FrameworkSeverity } from "./framework/problems.ts";
export { ProblemList } from "./framework/problems.ts";
export type { ReadConfig } from "./framework/read-config.ts";
export { readConfigWith, readMisplacedBesideConfig } from "./framework/read-config.ts";
export { SETTING_NAMES } from "./framework/read-settings.ts";
export { isCssHexColour, readColours } from "./framework/read-theme.ts";
export type { UiReader } from "./framework/read-ui-policy.ts";
export { deservesScreenPop, searchStringOf } from "./framework/screen-pop.ts";
export { seenAttributeName, seenAttributes } from "./framework/seen-attributes.ts";
export type {
	Arranged,
	UiAddition,
	UiPart,
	UiPartRules,
	UiPolicy,
	UiRules,
	UiScriptPolicy,
	UiScriptRules,
} from "./framework/ui-policy.ts";
export { arrange, MENU_NAMES, noUiRules, UI_PARTS, uiRulesFor } from "./framework/ui-policy.ts";
export { isGiven, isRecord, readBoolean, readText, readTextMap, safeEntries, safeGet } from "./framework/values.ts";
export { harmless } from "./harmless.ts";
export { isHostSource, mostSourceCharacters, originMatches, sourceCharacters } from "./host-sources.ts";
export { type OutboundMine, type OutboundPreview, outboundTopic } from "./outbound.ts";
export { panelPages, windowPage } from "./panel-pages.ts";
export type { AgentPermissionRow, FeatureId } from "./permissions/agent-permissions.ts";
export { agentPermissionRows } from "./permissions/agent-permissions.ts";
export type { CatalogueDomain, CatalogueEntity, CataloguePermission } from "./permissions/catalogue.ts";
export { allPermissions, permissionCatalogue } from "./permissions/catalogue.ts";
export type { FeatureAccess } from "./permissions/features.ts";
export { explainFeature, featureIds, featuresOf, missingRequiredRows } from "./permissions/features.ts";
export { holdsPermission, holdsPermissions, permissionMatches } from "./permissions/match.ts";
export type { JsonSchema } from "./platform/models.ts";
export { platformComponents, platformModels, platformSchema } from "./platform/models.ts";
export type { OperationEntry } from "./platform/operation-index.ts";
export { operationIndex, retiredOperations } from "./platform/operation-index.ts";
export type { HttpMethod, PlatformOperation } from "./platform/operations.ts";
export { extraOperations, minimalOperations, platformOperation } from "./platform/operations.ts";
export { regions } from "./platform/regions.ts";
export type { Scope } from "./platform/scopes.ts";
export { agentScopes, panelScopes, scopes, scopesAllow } from "./platform/scopes.ts";
export type { PlatformTopic } from "./platform/topics.ts";
export { platformTopics } from "./platform/topics.ts";
export { presenceLabel } from "./presence-label.ts";
export { bundledClientId, panelClientId, tokenExchange } from "./sign-in/bundled-client.ts";
export { canHash, challengeOf, randomToken } from "./sign-in/pkce.ts";
export { readTokenAnswer } from "./sign-in/token-answer.ts";
export { UnansweredKeys } from "./unanswered-keys.ts";
