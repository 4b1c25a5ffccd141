import { Button, TextField } from "@inlay/ui";
import { type SecretHeader, type ServiceForm, secretsIn } from "./service-form.ts";
import type { ServiceModel } from "./service-model.ts";
import { t } from "./strings.ts";

/** Headers with keys and passwords: entered, and never shown again. */
export function SecretFields({ model, form }: { model: ServiceModel; form: ServiceForm }) {
	const secrets = secretsIn(form);
	const save = (list: SecretHeader[]) => model.details.change({ secretHeaders: JSON.stringify(list) });
	return (
		<fieldset class="ui-stack">
			<legend>{t("secretHeaders")}</legend>
			{secrets.map((secret, at) => {
				const change = (part: Partial<SecretHeader>) => save(secrets.with(at, { ...secret, ...part }));
				return (
					<div key={at} class="ui-row">
						<TextField
							label={t("secretName")}
							value={secret.name}
							disabled={secret.isKept === true}
							onInput={(name) => change({ name })}
						/>
						<TextField
							label={t("secretValue")}
							type="password"
							hint={secret.isKept ? t("secretKept") : undefined}
							value={secret.value}
							onInput={(value) => change({ value })}
						/>
						<Button
							icon="trash"
							aria-label={t("secretRemove", { name: secret.name })}
							onClick={() => save(secrets.toSpliced(at, 1))}
						/>
					</div>
				);
			})}
			{model.isWrong("secretHeaders") && <p class="ui-error">{t("headersProblem")}</p>}
			<div>
				<Button icon="plus" onClick={() => save([...secrets, { name: "Authorization", value: "" }])}>
					{t("secretAdd")}
				</Button>
			</div>
		</fieldset>
	);
}
