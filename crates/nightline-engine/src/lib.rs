//! The app without shells: the main job from diagnosis to delivered ticket. Draws nothing, asks nobody.
