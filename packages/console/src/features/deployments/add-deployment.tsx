import { Button, Dialog, Select, TextField } from "@inlay/ui";
import { useState } from "preact/hooks";
import type { IntegrationType } from "../../session/wire.ts";
import { tell } from "../../shell/notice.ts";
import { Failure, Form } from "../../shell/parts.tsx";
import { goTo } from "../../shell/router.ts";
import { t as shared } from "../../shell/strings.ts";
import type { DeploymentsModel } from "./deployments-model.ts";
import { t } from "./strings.ts";

/** Name and type of a new deployment; says how many of the type there may be. */
export function AddDeployment({
	model,
	types,
	onClose,
}: {
	model: DeploymentsModel;
	types: readonly IntegrationType[];
	onClose: () => void;
}) {
	const [name, setName] = useState("");
	const [typeId, setTypeId] = useState(types[0]?.id ?? "");
	const [tried, setTried] = useState(false);
	const type = types.find((one) => one.id === typeId);
	const room = type && model.room(type);
	const full = Boolean(room?.full);
	const send = async () => {
		setTried(true);
		if (name.trim() === "" || full) return;
		const id = await model.add(name, typeId);
		if (!id) return;
		onClose();
		goTo({ screen: "deployment", id });
		tell(t("added", { name: name.trim() }));
	};
	return (
		<Dialog title={t("addTitle")} closeLabel={shared("close")} onClose={onClose}>
			<Form onSend={() => void send()}>
				<TextField
					label={t("name")}
					value={name}
					required
					error={tried && name.trim() === "" ? t("nameMissing") : undefined}
					onInput={setName}
				/>
				<Select
					label={t("type")}
					value={typeId}
					options={types.map((one) => ({ value: one.id, text: one.name }))}
					hint={type?.description}
					error={full ? t("full", { most: room?.most ?? 0 }) : undefined}
					onChange={setTypeId}
				/>
				{room && !full && (
					<p class="ui-muted">
						{room.most === undefined
							? t("roomOpen", { used: room.used })
							: t("room", { used: room.used, most: room.most })}
					</p>
				)}
				<Failure error={model.adding.error.value} />
				<div class="dialog-actions">
					<Button onClick={onClose}>{shared("cancel")}</Button>
					<Button kind="primary" type="submit" busy={model.adding.busy.value} disabled={full}>
						{t("addAction")}
					</Button>
				</div>
			</Form>
		</Dialog>
	);
}
