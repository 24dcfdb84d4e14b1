import { useEffect, useState } from "react";
import { serverNow } from "./server-clock";

/** The present moment by the server's clock, anew every `ms` while `running`. */
export function useNow(running: boolean, ms = 250): number {
  const [now, setNow] = useState(() => serverNow());
  useEffect(() => {
    if (!running) return;
    const timer = setInterval(() => setNow(serverNow()), ms);
    return () => clearInterval(timer);
  }, [running, ms]);
  return now;
}
