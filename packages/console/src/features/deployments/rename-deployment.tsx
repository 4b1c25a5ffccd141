import { Button, Dialog, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { Integration } from "../../session/wire.ts";
import { failureBeside, refusedFor } from "../../shell/failure.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form } from "../../shell/parts.tsx";
import { t as shared } from "../../shell/strings.ts";
import type { DeploymentsModel } from "./deployments-model.ts";
import { t } from "./strings.ts";

/** A new name for a deployment. */
export function RenameDeployment({
	model,
	deployment,
	onClose,
}: {
	model: DeploymentsModel;
	deployment: Integration;
	onClose: () => void;
}) {
	const [name, setName] = useState(deployment.name);
	const error = model.renaming.error.value;
	const free = name.trim() === deployment.name ? name : model.freeName(name);
	const send = async () => {
		if (name.trim() === "" || free !== name || !(await model.rename(deployment.id, name))) return;
		onClose();
		tell(t("renamed", { name: name.trim() }));
	};
	return (
		<Dialog title={t("renameTitle", { name: deployment.name })} closeLabel={shared("close")} onClose={onClose}>
			<Form onSend={() => void send()}>
				<TextField
					label={t("name")}
					value={name}
					required
					error={
						name.trim() === "" ? t("nameMissing") : free === name ? refusedFor(error, "name") : t("nameTaken", { name })
					}
					onInput={setName}
				/>
				{free !== name && (
					<div>
						<Button size="small" onClick={() => setName(free)}>
							{t("useName", { name: free })}
						</Button>
					</div>
				)}
				<Failure error={failureBeside(error, "name")} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{shared("cancel")}</Button>
					<Button kind="primary" type="submit" busy={model.renaming.busy.value}>
						{t("rename")}
					</Button>
				</div>
			</Form>
		</Dialog>
	);
}
