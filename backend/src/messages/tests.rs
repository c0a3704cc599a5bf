mod counsel;
mod exchange;
mod officer;
mod stage;
mod worry;
