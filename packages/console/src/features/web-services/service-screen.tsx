import { type WebServiceMethod, webServiceMethods } from "@inlay/contract/scripter/web-service";
import { Select, TextArea, TextField } from "@inlay/ui";
import { refusedFor } from "../../shell/failure.ts";
import { Section } from "../../shell/parts.tsx";
import { ThingScreen } from "../../shell/thing-screen.tsx";
import { SecretFields } from "./secret-fields.tsx";
import type { ServiceForm } from "./service-form.ts";
import type { ServiceModel } from "./service-model.ts";
import { t } from "./strings.ts";
import { TrialSection } from "./trial-section.tsx";

/** One web service, new or existing: where it is, what it is asked, and what of its answer scripts get. */
export function ServiceScreen({ model }: { model: ServiceModel }) {
	return (
		<ThingScreen
			model={model}
			text={t}
			nameOf={({ name }) => name}
			list={{ screen: "web-services" }}
			page={(id) => ({ screen: "web-service", id })}
			beside={["name", "address", "body"]}
			conflictOf={(field, mine, theirs) => ({
				name: t(field),
				...(field === "secretHeaders" ? {} : { values: { mine: mine[field], theirs: theirs[field] } }),
			})}
			below={!model.isNew && <TrialSection model={model} />}
		>
			{(form) => <Fields model={model} form={form} />}
		</ThingScreen>
	);
}

function Fields({ model, form }: { model: ServiceModel; form: ServiceForm }) {
	const { details } = model;
	const refused = details.saving.error.value;
	const field = (name: keyof ServiceForm, hint?: string) => ({
		label: t(name),
		value: form[name],
		hint,
		error: model.isWrong(name) ? t(problems[name]) : refusedFor(refused, name),
		onInput: (text: string) => details.change({ [name]: text }),
	});
	return (
		<>
			<Section title={t("request")}>
				<TextField {...field("name")} />
				<Select
					label={t("method")}
					value={form.method}
					options={webServiceMethods.map((method) => ({ value: method, text: method }))}
					onChange={(method) => details.change({ method: method as WebServiceMethod })}
				/>
				<TextField {...field("address", t("addressHint"))} />
				<TextArea {...field("inputs", t("inputsHint"))} rows={3} />
				{form.method !== "GET" && <TextArea {...field("body", t("bodyHint"))} rows={5} />}
				<TextArea {...field("headers", t("headersHint"))} rows={2} />
				<SecretFields model={model} form={form} />
				<TextField {...field("timeoutSeconds")} type="number" />
			</Section>
			<Section title={t("answer")}>
				<TextArea {...field("outputs", t("outputsHint"))} rows={4} />
			</Section>
		</>
	);
}

const problems = {
	name: "nameProblem",
	method: "nameProblem",
	address: "addressProblem",
	headers: "headersProblem",
	secretHeaders: "headersProblem",
	body: "bodyProblem",
	inputs: "inputsProblem",
	outputs: "inputsProblem",
	timeoutSeconds: "timeoutProblem",
} as const;
