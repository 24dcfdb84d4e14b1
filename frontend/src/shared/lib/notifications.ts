const KEY = "agentic-mlops-notifications";

export const canNotify = (): boolean => "Notification" in window;

/** Whether the person asked for notifications here and the browser allows them. */
export const wantsNotifications = (): boolean =>
  canNotify() && Notification.permission === "granted" && localStorage.getItem(KEY) === "on";

/** Switches notifications; the browser asks the person the first time. Returns whether they are on now. */
export async function switchNotifications(on: boolean): Promise<boolean> {
  localStorage.setItem(KEY, on ? "on" : "off");
  if (on && canNotify() && Notification.permission === "default") await Notification.requestPermission();
  return wantsNotifications();
}
