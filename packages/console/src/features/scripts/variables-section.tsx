import type { ScriptVariable, ScriptVariableType } from "@inlay/contract/scripter/agent-script";
import { valueFor } from "@inlay/contract/scripter/variables";
import { Button, Checkbox, Select, TextField } from "@inlay/ui";
import { Section } from "../../shell/parts.tsx";
import { type Desk, sayFinding } from "./desk.ts";
import { placesOf, withField } from "./edit-document.ts";
import { OrderButtons } from "./order-buttons.tsx";
import { t } from "./strings.ts";

const types = ["string", "number", "boolean", "date"] as const;

/** The script's own variables. */
export function VariablesSection({ desk }: { desk: Desk }) {
	const { variables } = desk.document;
	return (
		<Section title={t("variables")} hint={t("variablesHint")}>
			{variables.map((variable, at) => (
				<Variable key={at} desk={desk} variable={variable} at={at} />
			))}
			<div>
				<Button icon="plus" onClick={() => desk.change({ variables: [...variables, { name: "", type: "string" }] })}>
					{t("addVariable")}
				</Button>
			</div>
		</Section>
	);
}

function Variable({ desk, variable, at }: { desk: Desk; variable: ScriptVariable; at: number }) {
	const { variables } = desk.document;
	const change = (name: keyof ScriptVariable, value: unknown) =>
		desk.change({ variables: variables.with(at, withField(variable, name, value)) });
	const name = variable.name || t("unnamed");
	return (
		<fieldset class="script-part ui-stack" aria-label={name}>
			<OrderButtons
				list={variables}
				at={at}
				name={name}
				usedBy={placesOf(desk.document, { variable: variable.name })}
				onChange={(list) => desk.change({ variables: list })}
			/>
			<TextField
				label={t("name")}
				value={variable.name}
				error={desk.tried ? wrongName(desk, variable, at) : undefined}
				onInput={(text) => change("name", text.replace(/[{}]/g, ""))}
			/>
			<Select
				label={t("variableType")}
				value={variable.type}
				options={types.map((type) => ({ value: type, text: t(`v_${type}`) }))}
				onChange={(type) => change("type", type as ScriptVariableType)}
			/>
			<Default variable={variable} onChange={(value) => change("default", value)} />
			<Checkbox
				label={t("variableInput")}
				checked={variable.input === true}
				onChange={(input) => change("input", input || undefined)}
			/>
			<Checkbox
				label={t("variableOutput")}
				checked={variable.output === true}
				onChange={(output) => change("output", output || undefined)}
			/>
		</fieldset>
	);
}

function Default({ variable, onChange }: { variable: ScriptVariable; onChange: (value: unknown) => void }) {
	if (variable.type === "boolean") {
		return <Checkbox label={t("variableDefault")} checked={variable.default === true} onChange={onChange} />;
	}
	return (
		<TextField
			label={t("variableDefault")}
			type={variable.type === "string" ? "text" : variable.type}
			value={String(variable.default ?? "")}
			onInput={(text) => onChange(text === "" ? undefined : valueFor(variable, text))}
		/>
	);
}

function wrongName({ findings }: Desk, { name }: ScriptVariable, at: number): string | undefined {
	const found = findings.find(({ code, subject }) =>
		code === "name.missing" ? subject === String(at) : code.startsWith("variable.") && subject === name && name !== "",
	);
	return found?.isFault && found.code !== "variable.undeclared" ? sayFinding(found) : undefined;
}
