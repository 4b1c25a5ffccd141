import type { ScriptStep } from "@inlay/contract/scripter/agent-script";
import { Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { Choices } from "../../shell/choices.tsx";
import type { Desk, Place } from "./desk.ts";
import { withField } from "./edit-document.ts";
import type { FieldKind, FieldName, Fields } from "./fields.ts";
import { LinesField } from "./lines-field.tsx";
import { NamedField } from "./named-field.tsx";
import { ServiceField } from "./service-field.tsx";
import { StepList } from "./step-list.tsx";
import { t } from "./strings.ts";
import { TargetField } from "./target-field.tsx";

/** The fields of an element or a step. */
export function FieldList<T extends object>(props: {
	desk: Desk;
	place: Place;
	fields: Fields;
	of: T;
	onChange: (changed: T) => void;
}) {
	const { desk, place, fields, of, onChange } = props;
	return (
		<>
			{(Object.entries(fields) as Array<[FieldName, FieldKind]>).map(([name, kind]) => (
				<Field
					key={name}
					desk={desk}
					place={place}
					name={name}
					kind={kind}
					value={(of as Record<string, unknown>)[name]}
					onChange={(value) => onChange(withField(of, name, value))}
				/>
			))}
		</>
	);
}

interface FieldProps {
	desk: Desk;
	place: Place;
	name: FieldName;
	kind: FieldKind;
	value: unknown;
	onChange: (value: unknown) => void;
}

/** One field; `undefined` goes out where an optional one is emptied. */
export function Field({ desk, place, name, kind, value, onChange }: FieldProps) {
	const label = t(`f_${name}`);
	const text = value === undefined ? "" : String(value);
	const error = desk.wrong(place, name, value);
	const shared = { label, value: text, error };
	switch (kind) {
		case "line":
			return <TextField {...shared} onInput={onChange} />;
		case "optionalLine":
			return <TextField {...shared} onInput={(given) => onChange(given === "" ? undefined : given)} />;
		case "text":
			return <TextArea {...shared} rows={3} onInput={onChange} />;
		case "number":
			return (
				<TextField
					{...shared}
					type="number"
					onInput={(given) => onChange(/^\d+$/.test(given) ? Number(given) : undefined)}
				/>
			);
		case "flag":
			return <Checkbox label={label} checked={value === true} onChange={onChange} />;
		case "options":
		case "attributes":
		case "names":
		case "columns":
		case "outputs":
			return <LinesField label={label} error={error} kind={kind} value={value} onChange={onChange} />;
		case "target":
			return (
				<TargetField
					value={value as Extract<ScriptStep, { kind: "blindTransfer" }>["to"]}
					queues={desk.queues}
					error={error}
					onChange={onChange}
				/>
			);
		case "service":
			return <ServiceField {...shared} from={desk.services} onChange={onChange} />;
		case "response":
			return <NamedField {...shared} from={desk.responses} onChange={onChange} />;
		case "pages":
			return (
				<Choices
					legend={label}
					choices={desk.document.pages.map((page) => ({ id: page.id, text: <bdi>{page.name}</bdi> }))}
					chosen={value as string[]}
					onChange={onChange}
				/>
			);
		case "steps":
			return (
				<StepList
					desk={desk}
					place={place}
					label={label}
					steps={(value as ScriptStep[] | undefined) ?? []}
					onChange={(steps) => onChange(steps.length === 0 && name === "onChange" ? undefined : steps)}
				/>
			);
		default:
			return <OneOf {...shared} options={optionsOf(kind, desk)} onChange={onChange} />;
	}
}

/** What is chosen and not there any more is shown as nothing chosen. */
function OneOf(props: {
	label: string;
	value: string;
	error: string | undefined;
	options: Array<{ value: string; text: string }>;
	onChange: (value: string) => void;
}) {
	const { options, value } = props;
	const isThere = options.some((one) => one.value === value);
	return (
		<Select
			{...props}
			value={isThere ? value : ""}
			options={isThere ? options : [{ value: "", text: t("choose") }, ...options]}
		/>
	);
}

function optionsOf(kind: FieldKind, { document: { pages, variables, actions } }: Desk) {
	const named = (list: ReadonlyArray<{ id: string; name: string }>) =>
		list.map(({ id, name }) => ({ value: id, text: name || t("unnamed") }));
	switch (kind) {
		case "page":
			return named(pages);
		case "action":
			return named(actions);
		case "variable":
			return variables.map(({ name }) => ({ value: name, text: name }));
		case "role":
			return (["heading", "paragraph", "note"] as const).map((role) => ({ value: role, text: t(`r_${role}`) }));
		default:
			return (["column", "row"] as const).map((layout) => ({ value: layout, text: t(`l_${layout}`) }));
	}
}
