import { mostTrunkCalls } from "@inlay/contract/trunks";
import { Checkbox, Select, TextArea, TextField } from "@inlay/ui";
import { plainConflict } from "../../shell/edited-form.tsx";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { StateSection } from "./state-section.tsx";
import { t } from "./strings.ts";
import {
	losesPassword,
	type NumberForm,
	numberForms,
	type Transport,
	type TrunkForm,
	transports,
} from "./trunk-form.ts";
import type { TrunkModel } from "./trunk-model.ts";

/** In texts that tell how many calls there may be. */
const most = String(mostTrunkCalls);

/** One line to the outside, new or existing. */
export function TrunkScreen({ model }: { model: TrunkModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={({ name }) => name}
			list={{ screen: "trunks" }}
			page={(id) => ({ screen: "trunk", id })}
			beside={["name", ...typed]}
			conflictOf={(field, mine, theirs) => plainConflict(t(field), shown(field, mine), shown(field, theirs))}
			above={!model.isNew && <StateSection model={model} />}
		>
			{(form) => <Fields model={model} form={form} />}
		</ThingScreen>
	);
}

const typed = [
	"host",
	"port",
	"user",
	"password",
	"domain",
	"prefixes",
	"priority",
	"maxCalls",
	"callerNumber",
	"sources",
] as const;
type Typed = (typeof typed)[number] | "name";
type Ticked = "enabled" | "registers" | "encrypted";

function Fields({ model, form }: { model: TrunkModel; form: TrunkForm }) {
	const { details } = model;
	const refused = details.saving.error.value;
	const field = (name: Typed, hint?: string) => ({
		label: t(name),
		value: form[name],
		hint,
		error:
			model.isWrong(name) && name in problems
				? t(problems[name as keyof typeof problems], { most })
				: refusedFor(refused, name),
		onInput: (text: string) => details.change({ [name]: text }),
	});
	const tick = (name: Ticked) => (
		<Checkbox label={t(name)} checked={form[name]} onChange={(on) => details.change({ [name]: on })} />
	);
	return (
		<>
			<Section title={t("where")}>
				<TextField {...field("name")} />
				<TextField {...field("host", t("hostHint"))} type="url" />
				<Select
					label={t("transport")}
					hint={t("transportHint")}
					value={form.transport}
					options={transports.map((value) => ({ value, text: value.toUpperCase() }))}
					onChange={(transport) => details.change({ transport: transport as Transport })}
				/>
				<TextField {...field("port", t("portHint"))} type="number" />
				{tick("enabled")}
			</Section>
			<Section title={t("who")} hint={t("whoHint")}>
				<TextField {...field("user")} />
				<TextField {...field("password", passwordHint(model, form))} type="password" />
				<TextField {...field("domain", t("domainHint"))} type="url" />
				{tick("registers")}
				<p class="ui-hint">{t("registersHint")}</p>
			</Section>
			<Out model={model} form={form} field={field} />
			<Section title={t("in")}>
				<TextArea {...field("sources", t("sourcesHint"))} rows={3} />
			</Section>
			<Section title={t("atOnce")}>
				<TextField {...field("maxCalls", t("maxCallsHint", { most }))} type="number" />
			</Section>
			<Section title={t("sound")}>
				{tick("encrypted")}
				<p class="ui-hint">{t("encryptedHint")}</p>
				{form.encrypted && form.transport !== "tls" && (
					<p class="ui-error" role="status">
						{t("keysInClear")}
					</p>
				)}
			</Section>
		</>
	);
}

/** How calls go out by it. */
function Out(props: {
	model: TrunkModel;
	form: TrunkForm;
	field: (
		name: Typed,
		hint?: string,
	) => {
		label: string;
		value: string;
		hint: string | undefined;
		error: string | undefined;
		onInput: (text: string) => void;
	};
}) {
	const { model, form, field } = props;
	return (
		<Section title={t("out")}>
			<TextArea {...field("prefixes", t("prefixesHint"))} rows={3} />
			<TextField {...field("priority", t("priorityHint"))} type="number" />
			<Select
				label={t("numberForm")}
				value={form.numberForm}
				options={numberForms.map((value) => ({ value, text: t(value) }))}
				onChange={(numberForm) => model.details.change({ numberForm: numberForm as NumberForm })}
			/>
			<TextField {...field("callerNumber", t("callerNumberHint"))} type="tel" />
		</Section>
	);
}

function passwordHint({ details }: TrunkModel, form: TrunkForm): string | undefined {
	const kept = details.base.value;
	if (!kept?.hasPassword) return undefined;
	return t(losesPassword(form, kept) ? "passwordAgain" : "passwordKept");
}

function shown(field: keyof TrunkForm, form: TrunkForm): string | boolean {
	if (field === "numberForm") return t(form.numberForm);
	return field === "password" ? form.password.replace(/./g, "•") : form[field];
}

const problems = {
	name: "nameProblem",
	host: "hostProblem",
	port: "portProblem",
	user: "userProblem",
	prefixes: "prefixesProblem",
	priority: "priorityHint",
	maxCalls: "maxCallsProblem",
	callerNumber: "callerNumberProblem",
	sources: "sourcesProblem",
} as const;
