"""What a program needs to live on this device: socket client, atomic file, watchdog."""
