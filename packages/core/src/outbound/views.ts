import { divisionView } from "../routing/ports.ts";
import type {
	AttemptLimitsValue,
	CallableTimeSetValue,
	CampaignRun,
	CampaignValue,
	Contact,
	ContactListValue,
	DncListValue,
	OutboundSettings,
	Thing,
	WrapupMapping,
} from "./model.ts";
import type { RuleAction, RuleCondition, RuleSetValue } from "./rule-set-model.ts";
import type { Kept } from "./rules-store.ts";

/** Divisions' names by id. */
export type Names = ReadonlyMap<string, string>;

const root = "/api/v2/outbound";
const noNames: Names = new Map();

function common({ id, name, version, dateCreated, dateModified, divisionId }: Thing<unknown>, names: Names) {
	return {
		id,
		name,
		dateCreated: dateCreated.toISOString(),
		dateModified: dateModified.toISOString(),
		version,
		...(divisionId ? { division: divisionView(divisionId, names) } : {}),
	};
}

const reference = (id: string | undefined) => (id === undefined ? undefined : { id });
const known = <T extends object>(fields: T) =>
	Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as Partial<T>;

export function contactListView(list: Thing<ContactListValue>, names = noNames, size?: number) {
	const { columnNames, phoneColumns, keyColumn, attemptLimitsId, importStatus } = list.value;
	return {
		...common(list, names),
		columnNames,
		phoneColumns,
		...known({ attemptLimits: reference(attemptLimitsId), importStatus, size }),
		...(keyColumn ? { inlay: { keyColumn } } : {}),
		selfUri: `${root}/contactlists/${list.id}`,
	};
}

export function dncListView(list: Thing<DncListValue>, names = noNames, size?: number) {
	return {
		...common(list, names),
		dncSourceType: "rds",
		contactMethod: "Phone",
		...known({ size }),
		selfUri: `${root}/dnclists/${list.id}`,
	};
}

export function timeSetView(set: Thing<CallableTimeSetValue>) {
	return {
		...common(set, noNames),
		callableTimes: set.value.callableTimes,
		selfUri: `${root}/callabletimesets/${set.id}`,
	};
}

export function attemptLimitsView(limits: Thing<AttemptLimitsValue>) {
	const { maxAttemptsPerContact, maxAttemptsPerNumber, resetPeriod, timeZoneId, recallEntries } = limits.value;
	return {
		...common(limits, noNames),
		...known({ maxAttemptsPerContact, maxAttemptsPerNumber, timeZoneId }),
		resetPeriod: resetPeriod ?? "NEVER",
		recallEntries,
		selfUri: `${root}/attemptlimits/${limits.id}`,
	};
}

export function ruleSetView(set: Thing<RuleSetValue>) {
	const { contactListId, queueId, rules } = set.value;
	return {
		...common(set, noNames),
		...known({ contactList: reference(contactListId), queue: reference(queueId) }),
		rules: rules.map(({ conditions, actions, ...rule }, order) => ({
			...rule,
			order,
			conditions: conditions.map(conditionView),
			actions: actions.map(actionView),
		})),
		selfUri: `${root}/rulesets/${set.id}`,
	};
}

/** As the SDK's `Condition` has it: of a contact's property the column stands in `property`. */
function conditionView(condition: RuleCondition): object {
	if (condition.type !== "contactPropertyCondition") return condition;
	const { property, attributeName, ...rest } = condition;
	return { ...rest, propertyType: property, ...(attributeName ? { property: attributeName } : {}) };
}

/** As the SDK's `DialerAction` has it. */
function actionView(action: RuleAction): object {
	const { actionTypeName } = action;
	if (actionTypeName === "MODIFY_CONTACT_ATTRIBUTE")
		return {
			type: "modifyContactAttribute",
			actionTypeName,
			updateOption: action.updateOption,
			properties: action.columns,
		};
	const { actionTypeName: _name, ...said } = action;
	const properties = Object.fromEntries(Object.entries(said).map(([key, value]) => [key, String(value)]));
	return { type: "Action", actionTypeName, properties };
}

export const neverRun: CampaignRun = { status: "off", run: 1, position: 0, callsPerAgent: 1 };

export function campaignView(campaign: Thing<CampaignValue>, run: CampaignRun = neverRun, names = noNames) {
	const { value } = campaign;
	const { contactListId, queueId, scriptId, dncListIds, callableTimeSetId, ruleSetIds = [], ...rest } = value;
	const { shownColumns, columnsAsAttributes, ownerColumn, abandonMessage, skipReasons = [], ...platform } = rest;
	return {
		...common(campaign, names),
		...known(platform),
		contactList: { id: contactListId },
		...known({ queue: reference(queueId), script: reference(scriptId), callableTimeSet: reference(callableTimeSetId) }),
		dncLists: dncListIds.map((id) => ({ id })),
		ruleSets: ruleSetIds.map((id) => ({ id })),
		campaignStatus: run.status,
		inlay: { shownColumns, columnsAsAttributes, skipReasons, ...known({ ownerColumn, abandonMessage }) },
		selfUri: `${root}/campaigns/${campaign.id}`,
	};
}

export function contactView({ id, contactListId, data, callable, numbers, dateCreated }: Contact) {
	const columns = Object.entries(numbers);
	const records = columns.flatMap(([column, { lastAttempt, lastResult }]) =>
		lastAttempt || lastResult ? [[column, known({ lastAttempt, lastResult })]] : [],
	);
	return {
		id,
		contactListId,
		data,
		callRecords: Object.fromEntries(records),
		callable,
		phoneNumberStatus: Object.fromEntries(columns.map(([column, one]) => [column, { callable: one.callable }])),
		dateCreated: dateCreated.toISOString(),
		selfUri: `${root}/contactlists/${contactListId}/contacts/${id}`,
	};
}

export function mappingView({ version, dateModified, value }: Kept<WrapupMapping>) {
	return { id: "mapping", name: "mapping", dateModified: dateModified.toISOString(), version, ...value };
}

export function settingsView({ version, dateModified, value }: Kept<OutboundSettings>) {
	const { sameNumberMinutes, ...shown } = value;
	const at = dateModified.toISOString();
	return { id: "settings", name: "settings", dateModified: at, version, ...shown, inlay: { sameNumberMinutes } };
}
