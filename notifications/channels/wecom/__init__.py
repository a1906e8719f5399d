"""WeCom: a robot in a group, and an app that writes to members."""
