import { expect, it } from "vitest";
import { list, listed, type OutboundThing } from "./kind.ts";
import { isShown, kinds, namesThing, problemsOf } from "./kinds.ts";
import { mappingBodyOf, mappingFormOf, unsaid } from "./mapping-model.ts";
import { askedAt, columnsOf, type EditedAction, type EditedRule, freshRule, namesOf } from "./rules-form.ts";
import { linesOf, timesOf } from "./times-kind.ts";

const campaign: OutboundThing = {
	id: "c",
	version: 3,
	name: "Orders",
	contactList: { id: "l" },
	queue: { id: "q" },
	dialingMode: "power",
	phoneColumns: [{ columnName: "cell" }, { columnName: "home" }],
	callableTimeSet: { id: "t" },
	dncLists: [{ id: "d" }, { id: "e" }],
	ruleSets: [{ id: "r" }],
	callerName: "Inlay",
	callerAddress: "+493012345600",
	previewTimeOutSeconds: 30,
	skipPreviewDisabled: true,
	callbackAutoAnswer: false,
	abandonRate: 2.5,
	maxCallsPerAgent: 3,
	outboundLineCount: 8,
	alwaysRunning: true,
	noAnswerTimeout: 25,
	priority: 2,
	inlay: {
		...{ shownColumns: ["name"], columnsAsAttributes: true },
		...{ ownerColumn: "agent", skipReasons: ["Wrong person", "Busy"], abandonMessage: "" },
	},
};

it("a campaign that was opened and saved lost nothing", () => {
	const { id: _id, version: _version, ...body } = campaign;
	expect(kinds.campaigns.bodyOf(kinds.campaigns.formOf(campaign), campaign)).toEqual(body);
});

it("a campaign's form asked for what does nothing in its dialing mode", () => {
	const form = kinds.campaigns.formOf({ ...campaign, ruleSets: [] });
	const shown = (dialingMode: string, more = {}) => {
		const all = { ...form, dialingMode, ...more };
		return kinds.campaigns.fields.filter((field) => field.modes && isShown(field, all)).map(({ key }) => key);
	};
	expect(shown("preview")).toEqual(["previewTimeOutSeconds", "skippable", "ownerColumn", "skipReasons"]);
	expect(shown("progressive")).toEqual(["apologizes", "abandonMessage"]);
	expect(shown("power")).toEqual(["abandonRate", "maxCallsPerAgent", "apologizes", "abandonMessage"]);
	// Rules may make previews of single contacts; and nobody could put right what they do not see.
	expect(shown("power", { ruleSets: "r" })).toContain("previewTimeOutSeconds");
	expect(shown("preview", { abandonRate: "" })).toContain("abandonRate");
});

it("a rule set did not say which campaigns use it; neither did what else they name", () => {
	const named = { contactlists: "l", callabletimesets: "t", dnclists: "e", rulesets: "r" } as const;
	for (const [kind, id] of Object.entries(named)) {
		expect(namesThing(campaign, kind as keyof typeof named, id)).toBe(true);
		expect(namesThing(campaign, kind as keyof typeof named, "other")).toBe(false);
	}
});

it("a contact list that was opened and saved lost nothing", () => {
	const list = {
		...{ id: "l", version: 1, name: "Customers", columnNames: ["id", "cell", "zone"], inlay: { keyColumn: "id" } },
		phoneColumns: [{ columnName: "cell", type: "mobile", callableTimeColumn: "zone" }],
		attemptLimits: { id: "a" },
	};
	const { id: _id, version: _version, ...body } = list;
	expect(kinds.contactlists.bodyOf(kinds.contactlists.formOf(list), list)).toEqual(body);
});

it("callable times that were opened and saved lost a day", () => {
	const lines = "Europe/Berlin 1-5 09:00-20:00\nEurope/Berlin 6,7 10:00-14:00\nAmerica/New_York 1 09:00-24:00";
	expect(linesOf(timesOf(lines) ?? [])).toBe(lines);
});

it.each(["Europe/Berlin", "Europe/Berlin 0-5 09:00-20:00", "Europe/Berlin Mon 09:00-20:00", ""])(
	"%s was sent as a window, to be refused",
	(times) => {
		expect([...problemsOf(kinds.callabletimesets, { name: "Office", times })]).toEqual(["times"]);
	},
);

it("attempt limits that were opened and saved lost a recall", () => {
	const limits = {
		...{ id: "l", version: 2, name: "Three tries", maxAttemptsPerContact: 3, resetPeriod: "TODAY" },
		timeZoneId: "Europe/Berlin",
		recallEntries: { busy: { nbrAttempts: 2, minutesBetweenAttempts: 5 } },
	};
	const { id: _id, version: _version, ...body } = limits;
	expect(kinds.attemptlimits.bodyOf(kinds.attemptlimits.formOf(limits), limits)).toEqual(body);
	const half = { ...kinds.attemptlimits.formOf(limits), "noAnswer.times": "2", maxAttemptsPerContact: "0" };
	expect([...problemsOf(kinds.attemptlimits, half)]).toEqual(["maxAttemptsPerContact", "noAnswer.minutes"]);
});

const rules = [
	{
		...{ id: "one", name: "Old friends", order: 0, category: "DIALER_PRECALL" },
		conditions: [
			{
				type: "contactPropertyCondition",
				inverted: false,
				propertyType: "LAST_ATTEMPT_BY_COLUMN",
				property: "cell",
				operator: "AFTER",
				valueType: "PERIOD",
				value: "P1D",
			},
			{
				type: "contactAttributeCondition",
				inverted: true,
				attributeName: "plan",
				operator: "GREATER_THAN_EQUALS",
				valueType: "NUMERIC",
				value: "3",
			},
		],
		actions: [{ type: "Action", actionTypeName: "DO_NOT_DIAL", properties: {} }],
	},
	{
		...{ id: "two", name: "Later", order: 1, category: "DIALER_WRAPUP" },
		conditions: [{ type: "wrapupCondition", inverted: false, codes: ["c"] }],
		actions: [{ type: "Action", actionTypeName: "SCHEDULE_CALLBACK", properties: { callbackOffset: "90" } }],
	},
];

it("rules that were opened and saved lost what the form does not show", () => {
	const set = { id: "r", version: 1, name: "Rules", contactList: { id: "l" }, queue: { id: "q" }, rules };
	const { id: _id, version: _version, ...body } = set;
	expect(kinds.rulesets.bodyOf(kinds.rulesets.formOf(set), set)).toEqual(body);
});

it("a rule that lacks its codes, its column or its minutes was sent, to be refused", () => {
	const problems = (...lacking: object[]) => [
		...problemsOf(kinds.rulesets, { name: "Rules", rules: JSON.stringify([{ ...rules[1], ...lacking[0] }]) }),
	];
	expect(problems({})).toEqual([]);
	expect(problems({ name: " " })).toEqual(["rules"]);
	expect(problems({ conditions: [{ type: "wrapupCondition", codes: [] }] })).toEqual(["rules"]);
	expect(problems({ actions: [{ actionTypeName: "SCHEDULE_CALLBACK", properties: {} }] })).toEqual(["rules"]);
	expect(problems({ actions: [] })).toEqual(["rules"]);
});

it("a rule that is asked at another time kept a condition that cannot hold then", () => {
	const later = askedAt(rules[1] as EditedRule, "DIALER_PRECALL");
	expect(later).toMatchObject({ conditions: [], actions: [{ actionTypeName: "" }] });
});

it("a new rule blocked every number before anybody had said what it does", () => {
	const rule = freshRule();
	expect(rule.actions.map((one) => one.actionTypeName)).toEqual([""]);
	expect([...problemsOf(kinds.rulesets, { name: "R", rules: JSON.stringify([{ ...rule, name: "New" }]) })]).toEqual([
		"rules",
	]);
	expect(askedAt({ ...rule, name: "New" }, "DIALER_WRAPUP").actions).toEqual(rule.actions);
});

it("two rules without a name, or of the same, had buttons of the same name", () => {
	const named = (...names: string[]) =>
		namesOf(
			names.map((name) => ({ ...freshRule(), name })),
			(at, name) => `${at} ${name}`,
		);
	expect(named("", "A", "", "B", "B")).toEqual(["1", "A", "3", "4 B", "5 B"]);
});

it("what wrap-up codes mean was lost by opening and saving it", () => {
	const mapping = {
		defaultSet: ["Right_Party_Contact"],
		mapping: { sold: ["Business_Success", "Right_Party_Contact"], no: [] },
	};
	const codes = ["sold", "no", "later"].map((id) => ({ id, name: id }));
	const form = mappingFormOf({ version: 1, ...mapping, codes });
	expect(mappingBodyOf(form)).toEqual(mapping);
	expect(form.later, "to choose a meaning for it is a change").toBe(unsaid);
});

it("a rule that was asked at another time and then as before had lost what it did", () => {
	const rule = rules[1] as EditedRule;
	const back = askedAt(askedAt(rule, "DIALER_PRECALL"), rule.category);
	const {
		rules: [sent],
	} = kinds.rulesets.bodyOf({ name: "R", rules: JSON.stringify([back]) }, undefined) as { rules: object[] };
	expect(sent).toEqual({ ...rule, order: 0 });
});

it("of several columns that a rule changes one that was renamed took another's place, and numbers came first", () => {
	const action = { type: "modifyContactAttribute", actionTypeName: "MODIFY_CONTACT_ATTRIBUTE", updateOption: "SET" };
	const of = (columns: Array<[string, string]>) =>
		JSON.stringify([{ ...rules[0], name: "R", conditions: [], actions: [{ ...action, columns }] }]);
	const twice = of([
		["b", "1"],
		["b", "2"],
	]);
	expect(columnsOf((JSON.parse(twice) as EditedRule[])[0]?.actions[0] as EditedAction)).toEqual([
		["b", "1"],
		["b", "2"],
	]);
	expect(problemsOf(kinds.rulesets, { name: "Rules", rules: twice })).toContain("rules");
	const form = {
		name: "R",
		rules: of([
			["b", "1"],
			["2", "x"],
		]),
	};
	const {
		rules: [sent],
	} = kinds.rulesets.bodyOf(form, undefined) as { rules: EditedRule[] };
	expect(sent?.actions).toEqual([{ ...action, properties: { b: "1", 2: "x" } }]);
});

it("a column with a comma in its name could not be ticked, and fell apart when its list was saved", () => {
	const columns = ["Name, first", 'called "Bo"', '"quoted"', "cell", " led by a space"];
	expect(list(listed(columns))).toEqual(columns);
	expect(list('cell, , 5" pipe,home ')).toEqual(["cell", '5" pipe', "home"]);
	const named = { ...campaign, inlay: { ...(campaign.inlay as object), shownColumns: columns } };
	expect(kinds.campaigns.bodyOf(kinds.campaigns.formOf(named), named)).toMatchObject({
		inlay: { shownColumns: columns },
	});
	const contacts = {
		...{ id: "l", version: 1, name: "Orders", columnNames: columns },
		phoneColumns: [{ columnName: "Name, first", type: "cell", callableTimeColumn: "zone" }],
	};
	const body = kinds.contactlists.bodyOf(kinds.contactlists.formOf(contacts), contacts);
	expect(body).toMatchObject({ columnNames: columns, phoneColumns: contacts.phoneColumns });
});
