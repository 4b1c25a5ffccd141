import { Button, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import { Failure, Section } from "../../shell/parts.tsx";
import type { ServiceModel } from "./service-model.ts";
import { t } from "./strings.ts";

/** Asks it once, as it was saved. */
export function TrialSection({ model }: { model: ServiceModel }) {
	const [given, setGiven] = useState<Readonly<Record<string, string>>>({});
	const service = model.details.base.value;
	if (!service) return null;
	const outputs = model.outputs.value;
	return (
		<Section title={t("trial")} hint={t("trialHint")}>
			{service.inputs.map((name) => (
				<TextField
					key={name}
					label={name}
					value={given[name] ?? ""}
					onInput={(value) => setGiven({ ...given, [name]: value })}
				/>
			))}
			<div>
				<Button busy={model.trying.busy.value} onClick={() => void model.try(given)}>
					{t("tryNow")}
				</Button>
			</div>
			<div role="status">
				{outputs && (
					<>
						{Object.entries(outputs).map(([name, value]) => (
							<p key={name}>
								<bdi class="ui-muted">{name}:</bdi> <bdi>{value === null ? t("nothing") : String(value)}</bdi>
							</p>
						))}
						{Object.keys(outputs).length === 0 && <p>{t("answered")}</p>}
					</>
				)}
			</div>
			<Failure error={model.trying.error.value} />
		</Section>
	);
}
